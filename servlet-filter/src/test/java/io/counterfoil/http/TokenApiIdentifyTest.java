package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that has found a plaintext finds its token. */
class TokenApiIdentifyTest {
  private static final String NO_SUCH_TOKEN =
      "{\"success\":false,\"msg\":\"there is no such token\"}";

  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext =
      fixture.tokens.create(NewToken.named("found").scopes("a")).reveal(); // id 2
  private final String anns =
      fixture.tokens.create(NewToken.named("found").owner("ann")).reveal(); // id 3
  private final AtomicLong nanos = new AtomicLong();
  private final TokenApi api =
      TokenApi.timed(fixture.tokens, ManagementPolicy.anyToken(), nanos::get);

  private static FakeRequest identify(String text) {
    return post("/identify", "{\"token\":\"" + text + "\"}");
  }

  private ApiResponse send(FakeRequest request) {
    return api.handle(request.with(fixture.admin));
  }

  @Test
  void the_answer_is_the_token_without_its_plaintext() {
    ApiResponse response = send(identify(plaintext));
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response))
        .isEqualTo(text(send(get("/2"))))
        .isEqualTo("{\"success\":true,\"obj\":{\"id\":2,\"name\":\"found\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"scopes\":[\"a\"]}}");
    assertThat(text(api.identify()
            .handle(post("", "{\"token\":\"" + plaintext + "\"}").with(fixture.admin))))
        .isEqualTo(text(response));
  }

  @Test
  void a_token_that_is_disabled_or_expired_or_rotated_is_found() {
    fixture.tokens.disable(2);
    assertThat(text(send(identify(plaintext)))).contains("\"id\":2,", "\"enabled\":false");
    String renewed = fixture.tokens.rotate(2, Duration.ZERO).orElseThrow().reveal();
    assertThat(text(send(identify(plaintext)))).contains("\"id\":2,");
    assertThat(text(send(identify(renewed)))).contains("\"id\":2,").doesNotContain(renewed);
    fixture.tokens.reportLeak(renewed);
    assertThat(text(send(identify(renewed)))).contains("\"id\":2,", "\"leaked\":true");
  }

  @Test
  void another_owners_token_is_answered_like_a_plaintext_that_no_token_has() {
    String unknown = new ApiFixture().tokens.create(NewToken.named("x")).reveal();
    for (String miss : List.of(anns, unknown, "nonsense", "", " ", plaintext + 'x')) {
      ApiResponse response = fixture.assertRefused(api, identify(miss).with(fixture.admin), 404);
      assertThat(text(response)).isEqualTo(NO_SUCH_TOKEN);
    }
    TokenApi all =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("root").ofAllOwners()));
    assertThat(text(all.handle(identify(anns)))).contains("\"id\":3,", "\"owner\":\"ann\"");
  }

  @Test
  void a_caller_that_the_policy_denies_learns_nothing() {
    TokenApi closed = TokenApi.of(fixture.tokens, request -> Optional.empty());
    FakeRequest request = identify(plaintext).with(fixture.admin);
    fixture.assertRefused(closed, request, 403);
    assertThat(request.bodyOpened()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"token\":null}",
        "{\"token\":1}",
        "{\"token\":[\"x\"]}",
        "{\"token\":{}}",
        "{\"token\":true}"
      })
  void a_body_without_a_text_is_refused(String body) {
    assertThat(text(fixture.assertRefused(post("/identify", body), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"token (expected: a string)\"}");
  }

  @Test
  void an_unknown_member_is_refused_and_no_error_quotes_the_body() {
    for (String body : List.of(
        "{\"token\":\"" + plaintext + "\",\"id\":1}",
        "{\"" + plaintext + "\":1}",
        "{\"token\":\"" + plaintext + "\",\"token\":\"x\"}",
        "{\"token\":\"" + plaintext)) {
      assertThat(text(fixture.assertRefused(post("/identify", body), 400)))
          .doesNotContain(plaintext, plaintext.substring(5, 20));
    }
    for (String path : List.of("/identify/", "/identify/2")) {
      fixture.assertRefused(post(path, "{\"token\":\"" + plaintext + "\"}"), 404);
    }
    fixture.assertRefused(new FakeRequest("GET", "/identify"), 405);
    fixture.assertRefused(post("/identify").field("Content-Type", "text/plain"), 415);
  }

  @Test
  void misses_from_one_address_are_limited_and_hits_are_not() {
    for (int i = 0; i < MissThrottle.ALLOWED_MISSES; i++) {
      assertThat(send(identify("x" + i).from("192.0.2.1")).status()).isEqualTo(404);
      assertThat(send(identify(plaintext).from("192.0.2.1")).status()).isEqualTo(200);
    }
    ApiResponse tooMany = send(identify("x").from("192.0.2.1"));
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.headers()).containsEntry("Retry-After", List.of("60"));
    assertThat(text(tooMany))
        .isEqualTo("{\"success\":false,"
            + "\"msg\":\"too many plaintexts that no token has, try again later\"}");
    assertThat(send(identify(anns).from("192.0.2.1")).status()).as("not mine").isEqualTo(429);
    assertThat(send(identify(plaintext).from("192.0.2.1")).status()).isEqualTo(200);
    assertThat(send(identify("x").from("192.0.2.2")).status()).isEqualTo(404);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(send(identify("x").from("192.0.2.1")).status()).isEqualTo(404);
  }

  @Test
  void the_handler_that_is_mounted_alone_shares_the_count() {
    for (int i = 0; i < MissThrottle.ALLOWED_MISSES; i++) {
      send(identify("x").from("192.0.2.1"));
    }
    FakeRequest alone = post("", "{\"token\":\"x\"}").from("192.0.2.1").with(fixture.admin);
    assertThat(api.identify().handle(alone).status()).isEqualTo(429);
  }

  @Test
  void a_client_whose_address_is_not_known_is_not_limited() {
    for (int i = 0; i < 3 * MissThrottle.ALLOWED_MISSES; i++) {
      assertThat(send(identify("x")).status()).isEqualTo(404);
    }
  }

  @Test
  void each_call_is_an_event_of_its_caller_and_the_plaintext_is_not_logged() {
    List<TokenEvent> events = new ArrayList<>();
    String log = CapturedLog.of(() -> {
      TokenManager tokens = TokenManager.builder(fixture.store)
          .synchronousListener(events::add)
          .synchronousListener(TokenListener.audit())
          .build();
      TokenApi audited = TokenApi.of(tokens, ManagementPolicy.anyToken());
      for (String text : List.of(plaintext, anns, "nonsense")) {
        audited.handle(identify(text).with(fixture.admin).from("192.0.2.7"));
      }
    });
    assertThat(events).hasSize(3).allSatisfy(event -> {
      assertThat(event).isInstanceOf(TokenEvent.Identified.class);
      assertThat(event.actor()).hasToString("token:1");
      assertThat(event.address()).isPresent();
    });
    assertThat(log).contains("identified").doesNotContain(plaintext, anns, "nonsense");
  }

  @Test
  void a_plaintext_that_a_rotation_has_replaced_cannot_ask() {
    String old = fixture.tokens.create(NewToken.named("old")).reveal();
    fixture.tokens.rotate(4, Duration.ofHours(1));
    Verdict.Accepted previous = (Verdict.Accepted) fixture.tokens.authenticate(old);
    fixture.assertRefused(api, identify(old).with(previous), 403);
  }
}
