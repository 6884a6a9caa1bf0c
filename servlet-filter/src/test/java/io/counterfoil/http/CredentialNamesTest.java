package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B5, C3: the names of headers and schemes that a host may choose. */
class CredentialNamesTest {
  private final ApiFixture fixture = new ApiFixture();
  private final BearerAuthenticator.Builder builder = BearerAuthenticator.builder(fixture.tokens);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "PROXY-AUTHORIZATION",
        "Cookie",
        "Set-Cookie",
        "Host",
        "Content-Type",
        "Content-Language",
        "Accept",
        "accept-language",
        "Range",
        "Origin",
        "Referer",
        "Sec-Fetch-Site",
        "Access-Control-Request-Headers",
        "X-Forwarded-For",
        "Forwarded",
        "X-Real-IP",
        "X-Original-URL",
        "X-HTTP-Method-Override",
        "User-Agent",
        "If-Match",
        "WWW-Authenticate",
        "TE",
        "",
        " ",
        "X API",
        "X-API-Key:",
        "X\r\nY",
        "X-\u00e4",
        "\"X\""
      })
  void a_header_with_another_meaning_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header(name))
        .withMessage(
            "header: " + Json.escaped(name) + " (expected: the name of a field that has no"
                + " other meaning, such as X-API-Key; at most 64 characters of RFC 9110 section 5.6.2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Basic",
        "bASIC",
        "Digest",
        "Negotiate",
        "NTLM",
        "DPoP",
        "SCRAM-SHA-256",
        "",
        "To ken",
        "Token,",
        "Token=",
        "T\u00f6ken",
        "Token\n"
      })
  void a_registered_or_malformed_scheme_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.scheme(name))
        .withMessage(
            "scheme: " + Json.escaped(name) + " (expected: a name that is not registered for"
                + " another scheme, such as Token; at most 64 characters of RFC 9110 section 5.6.2)");
  }

  @Test
  void a_name_has_at_most_64_characters() {
    builder.header("x".repeat(64)).scheme("y".repeat(64)).build();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.header("x".repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.scheme("y".repeat(65)));
  }

  @ParameterizedTest // B1
  @ValueSource(strings = {"Token", "token", "TOKEN", "tOkEn"})
  void the_case_of_a_scheme_does_not_matter(String scheme) {
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    BearerAuthenticator bearer = builder.scheme("Token").scheme("ApiKey").build();
    assertThat(bearer.check(List.of(scheme + ' ' + plaintext))).isInstanceOf(Granted.class);
    assertThat(bearer.check(List.of("apikey   " + plaintext))).isInstanceOf(Granted.class);
    for (String other : List.of("Tokens ", "Toke ", "To\u212aen ", "Token\t", "Token", "Token=")) {
      assertThat(bearer.check(List.of(other + plaintext))).as(other).isInstanceOf(Refused.class);
    }
    assertThat(bearer.check(List.of("Token token=" + plaintext))).isInstanceOf(Refused.class);
  }
}
