package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The error responses of the bearer check, byte for byte. */
class BearerResponsesTest {
  private static final String TOKEN_NEEDED =
      "{\"success\":false,\"msg\":\"a valid API token is needed\"}";

  private final ApiFixture fixture = new ApiFixture();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(fixture.tokens).realm("panel").build();

  @Test // C1
  void without_a_credential_401_and_a_challenge_without_an_error() {
    assertAnswer(refused(), 401, TOKEN_NEEDED, "Bearer realm=\"panel\"");
    assertAnswer(refused("Basic eDp5"), 401, TOKEN_NEEDED, "Bearer realm=\"panel\"");
  }

  @Test // C2
  void with_a_bad_token_401_and_the_error_invalid_token() {
    assertAnswer(
        refused("Bearer nonsense"),
        401,
        TOKEN_NEEDED,
        "Bearer realm=\"panel\", error=\"invalid_token\"");
  }

  @Test // B4, C2
  void with_two_credentials_400_and_the_error_invalid_request() {
    assertAnswer(
        refused("Bearer a", "Bearer b"),
        400,
        "{\"success\":false,\"msg\":\"the Authorization field may be sent once only\"}",
        "Bearer realm=\"panel\", error=\"invalid_request\"");
  }

  @Test // C2, M1
  void without_the_scope_403_and_the_error_insufficient_scope() {
    BearerAuthenticator deploying = BearerAuthenticator.builder(fixture.tokens)
        .realm("panel")
        .scope("deploy")
        .build();
    String reading = fixture.tokens.create(NewToken.named("r").scopes("read")).reveal();
    String deployer =
        fixture.tokens.create(NewToken.named("d").scopes("deploy", "x")).reveal();
    String all = fixture.tokens.create(NewToken.named("a").unrestricted()).reveal();
    String none = fixture.tokens.create(NewToken.named("n")).reveal();
    String message =
        "{\"success\":false,\"msg\":\"the token lacks the scope that is needed here: deploy%s\"}";
    String challenge = "Bearer realm=\"panel\", error=\"insufficient_scope\", scope=\"deploy\"";
    assertAnswer(
        ((Refused) deploying.check(List.of("Bearer " + reading))).answer(),
        403,
        message.formatted(""),
        challenge);
    assertAnswer(
        ((Refused) deploying.check(List.of("Bearer " + none))).answer(),
        403,
        message.formatted(" (a token that was created without scopes has none)"),
        challenge);
    assertThat(deploying.check(List.of("Bearer " + deployer))).isInstanceOf(Granted.class);
    assertThat(deploying.check(List.of("Bearer " + all))).isInstanceOf(Granted.class);
  }

  @Test // A7, C2: the expiry is exact to the millisecond
  void malformed_unknown_disabled_expired_and_deleted_are_answered_with_the_same_bytes() {
    String disabled = fixture.tokens.create(NewToken.named("disabled")).reveal();
    String deleted = fixture.tokens.create(NewToken.named("deleted")).reveal();
    NewToken newToken =
        NewToken.named("expired").expiresAt(fixture.clock.instant().plusMillis(2));
    String expired = fixture.tokens.create(newToken).reveal();
    String unknown = TokenManager.builder(new InMemoryTokenStore())
        .build()
        .create(NewToken.named("x"))
        .reveal();
    fixture.tokens.disable(2);
    fixture.tokens.delete(3);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(bearer.check(List.of("Bearer " + expired))).isInstanceOf(Granted.class);
    fixture.clock.advance(Duration.ofMillis(1));
    Set<String> responses = List.of("", "nonsense", unknown, disabled, deleted, expired).stream()
        .map(presented -> refused("Bearer " + presented))
        .map(response -> response.status() + " " + response.headers() + text(response))
        .collect(Collectors.toSet());
    assertThat(responses).hasSize(1);
  }

  @Test // C4, L1
  void nothing_from_the_request_is_returned_or_logged() throws Exception {
    String disabled = fixture.tokens.create(NewToken.named("disabled")).reveal();
    fixture.tokens.disable(2);
    String log = CapturedLog.of(() -> {
      for (String presented :
          List.of("s3cretLooking", disabled, "\"s3cretLooking", disabled + "\u0000")) {
        ApiResponse response = refused("Bearer " + presented);
        assertThat(response.headers() + text(response) + response)
            .doesNotContain("s3cret", disabled.substring(3, 13), "disabled");
      }
      ApiResponse twice = refused("Bearer s3cretLooking", "Basic s3cretLooking");
      assertThat(twice.headers() + text(twice)).doesNotContain("s3cret");
    });
    assertThat(log).isEmpty();
  }

  @Test
  void a_host_with_its_own_rules_gives_the_same_responses() {
    BearerAuthenticator passing =
        BearerAuthenticator.builder(fixture.tokens).passWithoutBearer().build();
    String lacks =
        "{\"success\":false,\"msg\":\"the token lacks the scope that is needed here%s\"}";
    String challenge = "Bearer realm=\"api\", error=\"insufficient_scope\"";
    assertAnswer(
        passing.unauthenticated(),
        401,
        "{\"success\":false,\"msg\":\"a valid API token is needed\"}",
        "Bearer realm=\"api\"");
    assertAnswer(passing.insufficientScope(), 403, lacks.formatted(""), challenge);
    assertAnswer(
        passing.insufficientScope("a"), 403, lacks.formatted(": a"), challenge + ", scope=\"a\"");
    assertAnswer(
        passing.insufficientScope("b", "a:c"),
        403,
        lacks.formatted(": b a:c"),
        challenge + ", scope=\"b a:c\"");
    assertThatIllegalArgumentException().isThrownBy(() -> passing.insufficientScope("a\"b"));
  }

  private ApiResponse refused(String... fields) {
    return ((Refused) bearer.check(List.of(fields))).answer();
  }

  private static void assertAnswer(
      ApiResponse response, int status, String body, String challenge) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(text(response)).isEqualTo(body);
    assertThat(response.headers())
        .hasToString("{Content-Type=[application/json], Cache-Control=[no-store],"
            + " X-Content-Type-Options=[nosniff], WWW-Authenticate=[" + challenge + "]}");
  }
}
