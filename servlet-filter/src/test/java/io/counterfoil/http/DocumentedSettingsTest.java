package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Refused;
import org.junit.jupiter.api.Test;

/** The settings that docs/hosts.md shows. */
class DocumentedSettingsTest {
  private final TokenManager tokens = new ApiFixture().tokens;
  private final String plaintext =
      tokens.create(NewToken.named("ci").scopes("packages")).reveal();

  @Test
  void a_token_in_another_header_or_scheme() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens)
        .header("X-API-Key") // the value is the token
        .scheme("Token") // Authorization: Token cf_...
        .build();
    assertThat(bearer.check(get("/").field("X-API-Key", plaintext))).isInstanceOf(Granted.class);
    assertThat(bearer.check(get("/").field("Authorization", "Token " + plaintext)))
        .isInstanceOf(Granted.class);
  }

  @Test
  void a_token_as_a_password() {
    BearerAuthenticator packages = BearerAuthenticator.builder(tokens)
        .realm("packages")
        .scope("packages")
        .basicPassword() // or basicPassword("__token__"), to require this user name
        .build();
    FakeRequest request = get("/").field("Authorization", Door.basic("ann:" + plaintext));
    assertThat(packages.check(request)).isInstanceOf(Granted.class);
  }

  @Test
  void cleartext_behind_a_proxy() {
    BearerAuthenticator strict = BearerAuthenticator.builder(tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1")
        .refuseCleartext()
        .build();
    FakeRequest request = get("/").from("10.0.0.1").field("Authorization", "Bearer " + plaintext);
    assertThat(strict.check(request)).isInstanceOf(Refused.class);
    assertThat(strict.check(request.field("X-Forwarded-Proto", "https")))
        .isInstanceOf(Granted.class);
  }
}
