package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that expires gives no token a longer life than its own. */
class TokenApiExpiryTest {
  private static final String LATER =
      "you cannot create, enable or rotate a token that expires later than your own";

  private final ApiFixture fixture = new ApiFixture();
  private final Instant start = fixture.clock.instant();

  /** Half a second after the full second that the API shows. */
  private final Instant end = start.plusMillis(60_500);

  private final Verdict.Accepted caller =
      fixture.accepted(NewToken.named("caller").unrestricted().expiresAt(end));

  private ApiResponse send(FakeRequest request) {
    return fixture.api.handle(request.with(caller));
  }

  private void requireTooLong(FakeRequest request) {
    ApiResponse response = fixture.assertRefused(fixture.api, request.with(caller), 403);
    assertThat(text(response)).isEqualTo("{\"success\":false,\"msg\":\"" + LATER + "\"}");
  }

  private static FakeRequest create(Instant expiry) {
    return post("/create", "{\"name\":\"new\",\"expiresAt\":" + expiry.getEpochSecond() + '}');
  }

  private static FakeRequest enable(long id) {
    return post("/setEnabled/" + id, "{\"enabled\":true}");
  }

  private static FakeRequest rotate(long id) {
    return post("/rotate/" + id, "{\"overlapSeconds\":600}");
  }

  private long sibling(Instant expiry) {
    return fixture
        .tokens
        .create(NewToken.named("sibling").expiresAt(expiry))
        .token()
        .id();
  }

  private long endless() {
    return fixture.tokens.create(NewToken.named("endless")).token().id();
  }

  @Test // P3
  void a_token_that_is_created_without_expiry_gets_the_callers_and_the_response_shows_it() {
    ApiResponse response = send(post("/create", "{\"name\":\"new\"}"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).contains("\"expiresAt\":" + end.getEpochSecond() + ',');
    assertThat(fixture.tokens.find("", "new").flatMap(Token::expiresAt)).contains(end);
  }

  @Test // P3
  void a_token_that_would_expire_later_than_the_caller_is_not_created() {
    requireTooLong(create(end.plusMillis(500)));
    requireTooLong(create(end.plusSeconds(1)));
    requireTooLong(create(Instant.ofEpochSecond(TokenMembers.LAST_EXPIRY)));
  }

  @Test // P3: the second that the API shows for the caller's own expiry
  void the_expiry_that_the_api_shows_for_the_caller_can_be_given_to_a_new_token() {
    ApiResponse response = send(create(end));
    assertThat(response.status()).isEqualTo(200);
    assertThat(fixture.tokens.find("", "new").flatMap(Token::expiresAt))
        .contains(Instant.ofEpochSecond(end.getEpochSecond()));
  }

  @Test // P3
  void a_token_that_expires_later_is_neither_enabled_nor_rotated_nor_shortened() {
    for (long id : List.of(sibling(end.plusMillis(1)), endless())) {
      for (boolean enabled : List.of(true, false)) {
        setEnabled(id, enabled);
        requireTooLong(enable(id));
        requireTooLong(rotate(id));
      }
    }
    requireTooLong(enable(1));
    requireTooLong(rotate(1));
  }

  private void setEnabled(long id, boolean enabled) {
    assertThat(enabled ? fixture.tokens.enable(id) : fixture.tokens.disable(id)).isTrue();
  }

  @Test // P3: a caller can always take rights away
  void a_token_that_expires_later_can_be_disabled_and_deleted() {
    for (long id : List.of(sibling(end.plusMillis(1)), endless())) {
      assertThat(send(post("/setEnabled/" + id, "{\"enabled\":false}")).status())
          .isEqualTo(200);
      assertThat(fixture.tokens.find(id)).map(Token::enabled).contains(false);
      assertThat(send(post("/delete/" + id)).status()).isEqualTo(200);
      assertThat(fixture.tokens.find(id)).isEmpty();
    }
  }

  @ParameterizedTest // P3
  @ValueSource(longs = {0, 1, 30_000})
  void a_token_that_expires_at_the_same_time_or_earlier_is_enabled_and_rotated(long millis) {
    Instant expiry = end.minusMillis(millis);
    long id = sibling(expiry);
    fixture.tokens.disable(id);
    assertThat(send(enable(id)).status()).isEqualTo(200);
    assertThat(send(rotate(id)).status()).isEqualTo(200);
    assertThat(fixture.tokens.find(id).flatMap(Token::expiresAt)).contains(expiry);
  }

  @ParameterizedTest // P3, M5
  @ValueSource(strings = {"/rotate/3", "/self/rotate"})
  void the_overlap_of_a_rotation_ends_with_the_caller_at_the_latest(String path) {
    String old = fixture.tokens.create(NewToken.named("sibling").expiresAt(end)).reveal();
    Verdict.Accepted sibling = (Verdict.Accepted) fixture.tokens.authenticate(old);
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.ROTATE);
    FakeRequest request = post(path, "{\"overlapSeconds\":999999999999}")
        .with(path.startsWith("/self") ? sibling : caller);
    assertThat(api.handle(request).status()).isEqualTo(200);
    fixture.clock.advance(Duration.between(start, end.minusMillis(1)));
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Accepted.class);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(fixture.tokens.authenticate(old)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test // P3
  void a_caller_that_manages_all_owners_does_not_outlive_itself_either() {
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> request.accepted().map(accepted -> Caller.token(accepted).ofAllOwners()));
    long id = fixture.tokens.create(NewToken.named("a").owner("ann")).token().id();
    for (FakeRequest request : List.of(enable(id), rotate(id), create(end.plusSeconds(1)))) {
      fixture.assertRefused(api, request.with(caller), 403);
    }
    assertThat(api.handle(post("/delete/" + id).with(caller)).status()).isEqualTo(200);
  }

  @Test // P3: the policy names other scopes, but the token of the caller still ends
  void a_caller_whose_scopes_the_policy_has_set_keeps_its_expiry() {
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> request.accepted().map(accepted -> Caller.token(accepted).scopes("a")));
    fixture.assertRefused(api, create(end.plusSeconds(1)).with(caller), 403);
    fixture.assertRefused(api, rotate(endless()).with(caller), 403);
  }

  @Test // P3, F2
  void the_expiry_of_the_caller_does_not_exceed_the_maximum_lifetime() {
    TokenApi api = TokenApi.of(
        TokenManager.builder(fixture.store)
            .clock(fixture.clock)
            .maxLifetime(Duration.ofSeconds(30))
            .build(),
        ManagementPolicy.anyToken());
    assertThat(api.handle(post("/create", "{\"name\":\"new\"}").with(caller)).status())
        .isEqualTo(200);
    assertThat(fixture.tokens.find("", "new").flatMap(Token::expiresAt))
        .contains(start.plusSeconds(30));
  }

  @Test // P3
  void a_lifetime_ends_with_the_caller_at_the_latest() {
    requireTooLong(post("/create", "{\"name\":\"new\",\"expiresIn\":61}"));
    fixture.clock.advance(Duration.ofMillis(501));
    requireTooLong(post("/create", "{\"name\":\"new\",\"expiresIn\":60}"));
    FakeRequest shorter = post("/create", "{\"name\":\"new\",\"expiresIn\":59}");
    assertThat(send(shorter).status()).isEqualTo(200);
    assertThat(fixture.tokens.find("", "new").flatMap(Token::expiresAt))
        .contains(start.plusMillis(59_501));
  }

  @Test // P3: between authentication and creation
  void a_caller_that_has_just_expired_creates_nothing() {
    fixture.clock.advance(Duration.between(start, end));
    fixture.assertRefused(fixture.api, post("/create", "{\"name\":\"new\"}").with(caller), 403);
  }

  @Test // P3
  void a_caller_without_expiry_creates_and_rotates_tokens_without_expiry() {
    assertThat(text(fixture.send(post("/create", "{\"name\":\"new\"}"))))
        .doesNotContain("expiresAt");
    assertThat(fixture.send(rotate(endless())).status()).isEqualTo(200);
  }
}
