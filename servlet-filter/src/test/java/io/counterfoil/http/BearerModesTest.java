package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.BrokenStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts that also have a login, and hosts that hide their existence. */
class BearerModesTest {
  private static final String NOTHING_HERE =
      "404 {Content-Type=[application/json], Cache-Control=[no-store],"
          + " X-Content-Type-Options=[nosniff]}{\"success\":false,\"msg\":\"there is nothing here\"}";

  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext =
      fixture.tokens.create(NewToken.named("ci").scopes("read")).reveal();

  @Test
  void a_request_without_a_bearer_token_is_passed_on() {
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(fixture.tokens).passWithoutBearer().build();
    assertThat(bearer.check(List.of())).isEqualTo(new PassedOn());
    assertThat(bearer.check(List.of("Basic eDp5"))).isEqualTo(new PassedOn());
    assertThat(bearer.check(List.of("Bearer " + plaintext))).isInstanceOf(Granted.class);
  }

  @Test // B6
  void a_request_with_a_bad_bearer_token_is_never_passed_on() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .passWithoutBearer()
        .scope("deploy")
        .build();
    assertThat(status(bearer, "Bearer")).isEqualTo(401);
    assertThat(status(bearer, "bearer\tx")).isEqualTo(401);
    assertThat(status(bearer, "Bearer nonsense")).isEqualTo(401);
    assertThat(status(bearer, "Bearer " + plaintext)).isEqualTo(403);
    assertThat(status(bearer, "Basic eDp5", "Bearer " + plaintext)).isEqualTo(400);
    assertThat(status(bearer, "Basic eDp5", "Basic eDp5")).isEqualTo(400);
  }

  @Test // I1
  void a_request_is_not_passed_on_if_the_store_fails() {
    TokenManager broken = TokenManager.builder(
            BrokenStore.throwing(new TokenStoreException("down", new IllegalStateException())))
        .build();
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(broken).passWithoutBearer().hideExistence().build();
    assertThat(status(bearer, "Bearer " + plaintext)).isEqualTo(503);
    assertThat(bearer.check(List.of())).isEqualTo(new PassedOn());
  }

  @Test // C6
  void with_hidden_existence_rejected_requests_get_404() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .realm("secret panel")
        .scope("deploy")
        .hideExistence()
        .build();
    fixture.tokens.disable(2);
    for (List<String> fields : List.of(
        List.<String>of(),
        List.of("Basic eDp5"),
        List.of("Bearer nonsense"),
        List.of("Bearer " + plaintext),
        List.of("Bearer a", "Bearer b"))) {
      ApiResponse response = ((Refused) bearer.check(fields)).answer();
      assertThat(response.status() + " " + response.headers() + text(response))
          .isEqualTo(NOTHING_HERE);
    }
  }

  @Test // C2
  void with_hidden_existence_a_valid_token_without_the_scope_gets_403() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .scope("deploy")
        .hideExistence()
        .build();
    ApiResponse response = ((Refused) bearer.check(List.of("Bearer " + plaintext))).answer();
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.headers())
        .containsEntry(
            "WWW-Authenticate",
            List.of("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"deploy\""));
  }

  private static int status(BearerAuthenticator bearer, String... fields) {
    return ((Refused) bearer.check(List.of(fields))).answer().status();
  }
}
