package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;

/** A rotation gives an existing token a new plaintext. */
class TokenApiRotateTest {
  private static final Pattern PLAINTEXT = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");

  private final ApiFixture fixture = new ApiFixture();

  @Test // E1, E2, E3
  void a_rotation_is_answered_like_a_creation_with_the_new_plaintext() {
    ApiFixture recording = ApiFixture.recordingUses();
    String old = recording
        .tokens
        .create(NewToken.named("ci")
            .scopes("b", "a")
            .expiresAt(recording.clock.instant().plusSeconds(900)))
        .reveal();
    Verdict.Accepted root = recording.unrestricted();
    recording.tokens.authenticate(old);
    recording.tokens.close(); // records the use
    ApiResponse response =
        recording.api.handle(post("/rotate/2", "{\"overlapSeconds\":600}").with(root));
    assertThat(response.status()).isEqualTo(200);
    String plaintext = plaintext(response);
    assertThat(text(response))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,"
            + "\"expiresAt\":1736000900,\"id\":2,\"lastUsedAt\":1736000000,\"name\":\"ci\","
            + "\"scopes\":[\"a\",\"b\"],\"token\":\"" + plaintext + "\"}}");
    assertThat(plaintext).isNotEqualTo(old);
    assertThat(recording.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test // M5
  void the_old_plaintext_is_accepted_during_the_overlap() {
    String old = fixture.tokens.create(NewToken.named("ci")).reveal();
    fixture.send(post("/rotate/2", "{\"overlapSeconds\":600}"));
    fixture.clock.advance(Duration.ofSeconds(599));
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Accepted.class);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test // M5
  void with_an_overlap_of_zero_the_old_plaintext_is_rejected_at_once() {
    String old = fixture.tokens.create(NewToken.named("ci")).reveal();
    fixture.send(post("/rotate/2", "{\"overlapSeconds\":0}"));
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test // K1
  void the_longest_possible_overlap_is_accepted() {
    String old = fixture.tokens.create(NewToken.named("ci")).reveal();
    assertThat(
            fixture.send(post("/rotate/2", "{\"overlapSeconds\":999999999999}")).status())
        .isEqualTo(200);
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void a_disabled_token_stays_disabled() {
    fixture.tokens.create(NewToken.named("ci"));
    fixture.tokens.disable(2);
    ApiResponse response = fixture.send(post("/rotate/2", "{\"overlapSeconds\":0}"));
    assertThat(text(response)).contains("\"enabled\":false");
    assertThat(fixture.tokens.find(2)).map(Token::enabled).contains(false);
    assertThat(fixture.tokens.authenticate(plaintext(response)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test // E8
  void a_token_that_does_not_exist_is_not_rotated() {
    fixture.assertRefused(post("/rotate/2", "{\"overlapSeconds\":0}"), 404);
  }

  @Test // J1
  void an_expired_token_is_not_rotated() {
    fixture.tokens.create(NewToken.named("ci").expiresAt(fixture.clock.instant().plusSeconds(1)));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(text(fixture.assertRefused(post("/rotate/2", "{\"overlapSeconds\":0}"), 400)))
        .isEqualTo("{\"success\":false,\"msg\":"
            + "\"expiresAt: 2025-01-04T14:13:21Z (expected: in the future)\"}");
  }

  @Test // G1
  void a_concurrent_rotation_is_answered_409_without_a_plaintext() {
    TokenStore raced = raced(() -> fixture.tokens.rotate(1, Duration.ofHours(1)));
    ApiResponse response = rotated(raced);
    assertThat(response.status()).isEqualTo(409);
    assertThat(text(response))
        .isEqualTo("{\"success\":false,\"msg\":\"another rotation of the token came first\"}");
  }

  @Test // G4, E8
  void a_concurrent_deletion_is_answered_404() {
    ApiResponse response = rotated(raced(() -> fixture.tokens.delete(1)));
    assertThat(response.status()).isEqualTo(404);
    assertThat(text(response)).isEqualTo("{\"success\":false,\"msg\":\"there is no such token\"}");
    assertThat(fixture.store.content()).isEmpty();
  }

  private ApiResponse rotated(TokenStore store) {
    TokenManager tokens = TokenManager.builder(store).clock(fixture.clock).build();
    return TokenApi.of(tokens, ManagementPolicy.anyToken())
        .handle(post("/rotate/1", "{\"overlapSeconds\":0}").with(fixture.admin));
  }

  /** Returns a store that runs an action just before each rotation. */
  private TokenStore raced(Runnable first) {
    TokenStore store = mock(TokenStore.class, AdditionalAnswers.delegatesTo(fixture.store));
    doAnswer(call -> {
          first.run();
          return fixture.store.update(call.getArgument(0));
        })
        .when(store)
        .update(any());
    return store;
  }

  private static String plaintext(ApiResponse response) {
    Matcher plaintext = PLAINTEXT.matcher(text(response));
    assertThat(plaintext.find()).isTrue();
    return plaintext.group(1);
  }
}
