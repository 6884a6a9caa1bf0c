package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the bearer check. No setting can break a challenge. */
class BearerSettingsTest {
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).build();
  private final String reading =
      tokens.create(NewToken.named("r").scopes("!no-such-scope")).reveal();

  @ParameterizedTest // C3: CWE-113
  @ValueSource(
      strings = {
        "",
        "a\"b",
        "a\\b",
        "a\rb",
        "a\nb",
        "a\r\nX: y",
        "a\tb",
        "\u0000",
        "\u007f",
        "\u00e4",
        "\ud83d\ude80"
      })
  void the_setter_refuses_a_realm_that_would_need_an_escape(String realm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BearerAuthenticator.builder(tokens).realm(realm))
        .withMessage("realm (expected: printable ASCII without quotation mark and backslash)");
  }

  @ParameterizedTest // C3
  @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "a\r\nX: y", "\u007f", "\u00e4"})
  void the_setter_refuses_a_scope_that_is_no_scope_token(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BearerAuthenticator.builder(tokens).scope(scope))
        .withMessage(
            "scope (expected: printable ASCII without blank, quotation mark and backslash)");
  }

  @Property // C3
  void a_realm_is_refused_or_read_back_from_every_challenge(
      @ForAll @NotEmpty @StringLength(max = 80) @CharRange(from = ' ', to = '~') String realm) {
    boolean legal = realm.indexOf('"') < 0 && realm.indexOf('\\') < 0;
    if (legal) {
      assertChallenges(realm, "deploy");
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BearerAuthenticator.builder(tokens).realm(realm));
    }
  }

  @Property // C3
  void no_realm_breaks_a_challenge(@ForAll String realm) {
    try {
      BearerAuthenticator.builder(tokens).realm(realm);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertChallenges(realm, "deploy");
  }

  @Property // C3
  void a_scope_is_refused_or_read_back_from_its_challenge(
      @ForAll @NotEmpty @StringLength(max = 40) @CharRange(from = '!', to = '~') String scope) {
    if (scope.indexOf('"') < 0 && scope.indexOf('\\') < 0) {
      assertChallenges("api", scope);
    }
  }

  private void assertChallenges(String realm, String scope) {
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(tokens).realm(realm).scope(scope).build();
    assertThat(parameters(bearer)).isEqualTo("[realm=" + realm + ']');
    assertThat(parameters(bearer, "Bearer x"))
        .isEqualTo("[realm=" + realm + ", error=invalid_token]");
    assertThat(parameters(bearer, "a", "b"))
        .isEqualTo("[realm=" + realm + ", error=invalid_request]");
    assertThat(parameters(bearer, "Bearer " + reading))
        .isEqualTo("[realm=" + realm + ", error=insufficient_scope, scope=" + scope + ']');
  }

  private static String parameters(BearerAuthenticator bearer, String... fields) {
    ApiResponse response = ((Refused) bearer.check(List.of(fields))).answer();
    ParsedChallenge challenge =
        ParsedChallenge.parse(response.headers().get("WWW-Authenticate").get(0));
    assertThat(challenge.scheme()).isEqualTo("Bearer");
    return challenge.parameters().entrySet().toString();
  }

  @Test // D7
  void an_authenticator_needs_a_manager() {
    assertThatNullPointerException()
        .isThrownBy(() -> BearerAuthenticator.builder(null))
        .withMessage("tokens");
  }

  @Test
  void a_route_that_requires_an_unknown_scope_is_refused() {
    RouteScopes routes = RouteScopes.builder()
        .scope("servers:read", "GET /a")
        .anyScope(List.of("servers:raed", "*"), "GET /b")
        .build();
    BearerAuthenticator.builder(tokens).routes(routes).build(); // knows every scope
    KnownScopes known = KnownScopes.none().scope("servers:read", "See servers");
    TokenManager limited =
        TokenManager.builder(new InMemoryTokenStore()).knownScopes(known).build();
    assertThatIllegalArgumentException()
        .isThrownBy(BearerAuthenticator.builder(limited).routes(routes)::build)
        .withMessage("routes: servers:raed (expected: known scopes: servers:read)");
  }
}
