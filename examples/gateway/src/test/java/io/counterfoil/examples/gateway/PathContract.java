package io.counterfoil.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.examples.gateway.Connection.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths every gateway lets through, and that the application gets the path that was checked. */
abstract class PathContract extends TokenContract {
  @ParameterizedTest // D2, D3
  @ValueSource(
      strings = {
        "/servers/a%2Fb",
        "/servers/a%2fb",
        "/servers/a%5Cb",
        "/servers/a\\b",
        "/servers/a;b",
        "/servers;x/a",
        "/servers/a%3Bb",
        "/servers/./a",
        "/servers/../servers/a",
        "/servers/%2e/a",
        "/servers/%2E%2E/servers/a",
        "/x/../servers/a",
        "//servers/a",
        "/servers//a",
        "/servers/a%",
        "/servers/a%zz",
        "/servers/a%00",
        "/servers/%C3",
        "/servers/%C0%AF",
        "/servers/a%0d%0ab",
        "/servers/a%2561",
        "/servers/a#b",
        "/servers/*",
        "/servers/%2a",
        "/SERVERS/a"
      })
  void an_ambiguous_path_is_refused(String path) throws Exception {
    assertRefused(send("127.0.1.9", "GET " + path, admin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/servers/a", "/servers/a/b/c", "/servers/%61", "/%73ervers/a", "/servers/a%20b",
            "/servers/%C3%A4",
        "/servers/a+b", "/servers/a.b", "/servers/...", "/servers/~", "/servers/a?x=/../%2f;//y",
            "/servers/a?",
        "/servers/a=b&c,d:e@f!g", "/servers/%7E"
      })
  void the_application_gets_exactly_the_path_that_was_judged(String path) throws Exception {
    assertThat(send("127.0.1.10", "GET " + path, reader).line())
        .isEqualTo("ann [servers:read] GET " + path);
  }

  @Test
  void a_path_that_a_gateway_encodes_is_judged_and_sent_in_the_same_form() throws Exception {
    Response encoded = send("127.0.1.23", "GET /servers/\u00e4", reader);
    assertThat(encoded.status() == 200 ? encoded.line() : "ann [servers:read] GET /servers/%C3%A4")
        .isEqualTo("ann [servers:read] GET /servers/%C3%A4");
    Response opaque = send("127.0.1.23", "GET http:/servers/a", reader);
    assertThat(opaque.status() == 200 ? opaque.line() : "ann [servers:read] GET /servers/a")
        .isEqualTo("ann [servers:read] GET /servers/a");
    assertRefused(send("127.0.1.23", "GET http:/other", reader));
  }

  @Test
  void the_host_of_a_request_line_does_not_move_the_path() throws Exception {
    for (String target : List.of(
        "http://example.com/other",
        "http://example.com/servers/../other",
        "/other?/servers/a",
        "*")) {
      assertRefused(send("127.0.1.11", "GET " + target, reader));
    }
  }

  @ParameterizedTest // Some parsers of URLs take "servers" for the host, if there is none.
  @ValueSource(strings = {"http:///servers/a", "http://@/servers/a", "file:///servers/a"})
  void the_application_gets_only_the_path_of_a_whole_url(String url) throws Exception {
    Response response = send("127.0.1.26", "GET " + url, reader);
    assertThat(response.status() == 200 ? response.line() : "ann [servers:read] GET /servers/a")
        .isEqualTo("ann [servers:read] GET /servers/a");
  }

  @Test
  void long_owners_and_scopes_are_let_through() throws Exception {
    String owner = "\ud83d\ude00".repeat(255);
    String scopes = IntStream.range(0, 70)
        .mapToObj(i -> "%-^%-^" + i)
        .reduce("servers:read", (a, b) -> a + ' ' + b);
    String plaintext = token(NewToken.named("long").owner(owner).scopes(scopes.split(" ")));
    Response response =
        send("127.0.1.12", "GET /servers/a", plaintext, "X-Filler: " + "x".repeat(4000));
    assertThat(response.line())
        .startsWith(owner + " [")
        .contains("%-^%-^0,", "servers:read")
        .endsWith("GET /servers/a");
  }

  @Test // B7
  void a_request_with_huge_headers_is_not_let_in_without_a_token() throws Exception {
    String huge = "X-Filler: " + "x".repeat(60_000);
    assertRefused(send("127.0.1.13", "GET /servers/a", "", huge));
    assertRefused(send("127.0.1.13", "GET /servers/a", "x".repeat(60_000)));
    assertRefused(send("127.0.1.13", "GET /other?" + "x".repeat(60_000), admin));
  }
}
