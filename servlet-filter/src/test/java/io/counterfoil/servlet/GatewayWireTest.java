package io.counterfoil.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ForwardAuth;
import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.Introspection;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.servlet.RawHttp.Response;
import org.junit.jupiter.api.Test;

/** A gateway and a resource server ask a servlet about tokens. */
@OnEveryContainer
class GatewayWireTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @Test // D6
  void a_gateway_asks_with_the_headers_of_its_request() throws Exception {
    try (TestServer server = new TestServer()) {
      BearerAuthenticator bearer = BearerAuthenticator.builder(server.tokens)
          .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1")
          .build();
      server.mount("/auth", new ApiServlet(ForwardAuth.of(bearer)));
      server.start();
      Response granted = ask(server, "X-Forwarded-Uri: /servers/%C3%A4?x", server.bearer);
      assertThat(granted.status()).isEqualTo(200);
      assertThat(granted.values("X-Token-Id")).containsExactly("1");
      assertThat(granted.values("X-Token-Owner")).containsExactly("token:1");
      assertThat(granted.values("X-Token-Scopes")).containsExactly("-");
      assertThat(granted.body()).isEmpty();
      assertThat(ask(server, "X-Forwarded-Uri: /servers/%2e%2e", server.bearer).status())
          .isEqualTo(403);
      assertThat(ask(server, "X-Forwarded-Uri: /a\r\nX-Forwarded-Uri: /a", server.bearer)
              .status())
          .isEqualTo(403);
      assertThat(
              ask(server, "X-Forwarded-Uri: /a", "Authorization: Bearer cf_x").status())
          .isEqualTo(401);
    }
  }

  private static Response ask(TestServer server, String uri, String authorization)
      throws Exception {
    return server.exchange(
        RawHttp.request("GET", "/auth?x=1", "X-Forwarded-Method: GET", uri, authorization));
  }

  @Test // F4
  void a_resource_server_asks_with_a_form() throws Exception {
    try (TestServer server = new TestServer()) {
      server.mount(
          "/api/introspect",
          new ApiServlet(Introspection.of(server.tokens, ManagementPolicy.anyToken())));
      server.start();
      assertThat(introspect(server, "token=" + server.plaintext, server.bearer).body())
          .startsWith("{\"active\":true,\"client_id\":\"token:1\",");
      assertThat(introspect(server, "token=x", server.bearer).body())
          .isEqualTo("{\"active\":false}");
      assertThat(introspect(server, "token=x&token=y", server.bearer).status()).isEqualTo(400);
      assertThat(introspect(server, "token=" + server.plaintext, "X-None: x").status())
          .isEqualTo(401);
    }
  }

  private static Response introspect(TestServer server, String form, String authorization)
      throws Exception {
    return server.exchange(RawHttp.request(
            "POST", "/api/introspect", FORM, authorization, "Content-Length: " + form.length())
        + form);
  }
}
