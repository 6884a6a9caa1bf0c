package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B4, B5, B6: the credential that a gateway passes on may be in any header that the check accepts. */
class ForwardAuthDoorsTest {
  private static final String GATEWAY = "192.0.2.1";

  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext = fixture.tokens.create(NewToken.named("x")).reveal();
  private final ForwardAuth doors =
      ForwardAuth.of(builder().header("X-API-Key").basicPassword().build());

  private BearerAuthenticator.Builder builder() {
    return BearerAuthenticator.builder(fixture.tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, GATEWAY);
  }

  private static FakeRequest asking() {
    return get("")
        .from(GATEWAY)
        .field("X-Forwarded-Method", "GET")
        .field("X-Forwarded-Uri", "/a")
        .field("X-Forwarded-For", "198.51.100.1");
  }

  @Test
  void each_door_that_is_open_is_open_behind_a_gateway_too() {
    String basic = Base64.getEncoder().encodeToString(("ann:" + plaintext).getBytes(UTF_8));
    for (Map.Entry<String, String> credential :
        Map.of("X-API-Key", plaintext, "Authorization", "Basic " + basic).entrySet()) {
      FakeRequest request = asking().field(credential.getKey(), credential.getValue());
      assertThat(doors.handle(request).status()).isEqualTo(200);
      assertThat(ForwardAuth.of(builder().build()).handle(request).status()).isEqualTo(401);
    }
    FakeRequest both =
        asking().field("X-API-Key", plaintext).field("Authorization", "Bearer " + plaintext);
    assertThat(doors.handle(both).status()).isEqualTo(400);
  }

  @Test
  void the_gateway_reports_whether_the_client_has_used_tls() {
    ForwardAuth secure = ForwardAuth.of(builder().refuseCleartext().build());
    for (Map.Entry<String, Integer> proto : Map.of("https", 200, "http", 403).entrySet()) {
      FakeRequest request = asking()
          .field("Authorization", "Bearer " + plaintext)
          .field("X-Forwarded-Proto", proto.getKey());
      assertThat(secure.handle(request).status()).isEqualTo(proto.getValue());
    }
    FakeRequest unknown = asking().field("Authorization", "Bearer " + plaintext);
    assertThat(secure.handle(unknown).status()).isEqualTo(403);
  }
}
