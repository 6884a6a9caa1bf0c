package io.counterfoil.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.examples.gateway.Connection.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which requests every gateway lets in, whatever headers a client sends. */
abstract class TokenContract extends RunningGateway {
  @Test
  void the_application_sees_the_owner_and_the_scopes_of_the_token() throws Exception {
    assertThat(send("127.0.1.1", "GET /servers/a?x=1", reader).line())
        .isEqualTo("ann [servers:read] GET /servers/a?x=1");
    assertThat(send("127.0.1.1", "POST /servers/a/restart", admin, "Content-Length: 0")
            .line())
        .isEqualTo("token:2 [*] POST /servers/a/restart");
    assertThat(send("127.0.1.1", "GET /me", none).line()).isEqualTo("Zo\u00eb B, C [] GET /me");
  }

  @Test // B5, C1, C2
  void a_request_without_a_valid_token_is_refused() throws Exception {
    Response missing = send("127.0.1.2", "GET /servers/a", "");
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.headers())
        .anyMatch("WWW-Authenticate: Bearer realm=\"api\""::equalsIgnoreCase);
    Response wrong = send("127.0.1.2", "GET /servers/a", "cf_wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.headers())
        .anyMatch(
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\""::equalsIgnoreCase);
    assertThat(send("127.0.1.2", "GET /servers/a?token=" + reader, "").status()).isEqualTo(401);
    assertThat(
            send("127.0.1.2", "GET /servers/a", "", "Cookie: token=" + reader).status())
        .isEqualTo(401);
  }

  @Test // B4
  void a_repeated_credential_is_refused() throws Exception {
    for (String other : List.of(reader, admin, "cf_wrong")) {
      assertRefused(send("127.0.1.3", "GET /servers/a", reader, "Authorization: Bearer " + other));
    }
  }

  @Test // M1
  void the_scope_of_the_route_is_needed() throws Exception {
    assertThat(send("127.0.1.4", "POST /servers/a/restart", reader, "Content-Length: 0")
            .status())
        .isEqualTo(403);
    assertThat(send("127.0.1.4", "GET /servers/a", none).status()).isEqualTo(403);
    assertThat(send("127.0.1.4", "GET /other", admin).status()).isEqualTo(403);
    assertThat(send("127.0.1.4", "DELETE /servers/a", admin).status()).isEqualTo(403);
    assertThat(send("127.0.1.4", "get /servers/a", admin).status()).isBetween(400, 499);
  }

  @Test // D6, P1
  void the_headers_of_a_client_never_reach_the_application_as_its_user() throws Exception {
    for (List<String> forged : List.of(
        List.of("X-Token-Owner: root"),
        List.of("X-Token-Id: 2", "X-Token-Owner: root", "X-Token-Scopes: *"),
        List.of("x-token-owner: root", "X-TOKEN-SCOPES: *", "X-Token-Scopes: *"),
        List.of("X_Token_Owner: root", "X-Token_Scopes: *"),
        List.of("Connection: close, X-Token-Owner, X-Token-Scopes, X-Token-Id"))) {
      Response response =
          send("127.0.1.5", "GET /servers/a", reader, forged.toArray(String[]::new));
      assertThat(response.line()).isEqualTo("ann [servers:read] GET /servers/a");
      assertThat(send("127.0.1.5", "GET /servers/a", "", forged.toArray(String[]::new))
              .status())
          .isEqualTo(401);
    }
  }

  @Test // D6, M1
  void no_header_of_a_client_stands_in_for_the_target() throws Exception {
    for (List<String> forged : List.of(
        List.of("X-Forwarded-Method: GET", "X-Forwarded-Uri: /servers/a"),
        List.of("X-Forwarded-Uri: /servers/a"),
        List.of("X-Forwarded-Method: GET"),
        List.of("X-Original-Method: GET", "X-Original-URI: /servers/a"),
        List.of("X-Original-URL: http://example.com/servers/a", "X-Original-Method: GET"),
        List.of("x-original-uri: /servers/a", "X-Original-URI: /servers/a"),
        List.of("X_Forwarded_Method: GET", "X_Forwarded_Uri: /servers/a"),
        List.of("X-Rewrite-URL: /servers/a", "X-HTTP-Method-Override: GET"),
        List.of("Connection: close, X-Forwarded-Uri, X-Forwarded-Method, X-Original-URI"),
        List.of("Connection: close, Authorization, X-Forwarded-For"))) {
      String[] headers = forged.toArray(String[]::new);
      assertRefused(send("127.0.1.6", "DELETE /servers/a", reader, headers));
      assertRefused(send("127.0.1.6", "GET /other", admin, headers));
    }
  }

  @Test
  void a_header_of_a_client_that_names_another_target_changes_nothing() throws Exception {
    for (String forged : List.of(
        "X-Forwarded-Method: POST",
        "X-Forwarded-Uri: /other",
        "X-Original-Method: POST",
        "X-Original-URI: /other",
        "X-Original-URL: http://example.com/other")) {
      assertThat(send("127.0.1.25", "GET /servers/a", reader, forged).line())
          .isEqualTo("ann [servers:read] GET /servers/a");
    }
  }

  @Test // P9
  void the_address_of_the_client_is_that_of_its_connection() throws Exception {
    String bound = token(NewToken.named("b").scopes("servers:read").allowedAddresses("127.0.1.7"));
    assertThat(send("127.0.1.7", "GET /servers/a", bound).status()).isEqualTo(200);
    for (String forged : List.of(
        "X-Forwarded-For: 127.0.1.7",
        "X-Forwarded-For: 127.0.1.7, 127.0.0.1",
        "Forwarded: for=127.0.1.7",
        "X-Real-IP: 127.0.1.7",
        "Connection: close, X-Forwarded-For",
        "X-Forwarded-Proto: https")) {
      assertThat(send("127.0.1.8", "GET /servers/a", bound, forged).status()).isEqualTo(401);
    }
    assertThat(send("127.0.1.7", "GET /servers/a", bound, "X-Forwarded-For: 10.0.0.1")
            .status())
        .isEqualTo(200);
  }

  @Test // D6
  void only_the_gateway_may_ask_the_authenticator_and_the_application() throws Exception {
    String[] forged = {
      "X-Forwarded-Method: GET",
      "X-Forwarded-Uri: /servers/a",
      "X-Token-Id: 2",
      "X-Token-Owner: root",
      "X-Token-Scopes: *"
    };
    for (Map.Entry<String, Integer> port :
        Map.of("/auth", authenticator.port(), "/servers/a", application.port()).entrySet()) {
      String asking = request("GET " + port.getKey(), admin, forged);
      assertThat(Connection.send("127.0.1.22", port.getValue(), asking).status())
          .isEqualTo(403);
      assertThat(Connection.send(ME, port.getValue(), asking).status()).isEqualTo(200);
    }
  }
}
