package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.RawHttp.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No method, no header and no notation of a path bypasses the filter. */
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryMethodTest {
  private final TestServer server = new TestServer();

  @BeforeAll
  void start() throws Exception {
    server.mount("/open", new DispatchingPage());
    server.start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // D5: CWE-288
  @ValueSource(
      strings = {
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "PROPFIND",
        "MOVE",
        "get",
        "BREW",
        "Q",
        "A-VERY.LONG_METHOD!"
      })
  void every_method_is_protected(String method) throws IOException {
    int runs = server.page.runs();
    Response response = server.exchange(request(method, PAGE, "Content-Length: 0"));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.values("WWW-Authenticate")).containsExactly("Bearer realm=\"api\"");
    assertThat(server.page.runs()).isEqualTo(runs);
    assertThat(server
            .exchange(request(method, PAGE, server.bearer, "Content-Length: 0"))
            .status())
        .isEqualTo(200);
  }

  @Test // D5, C4: the response to TRACE contains the request's headers, including the token
  void trace_is_refused_by_the_container() throws IOException {
    int runs = server.page.runs();
    for (String path : List.of(PAGE, "/open?how=say", TestServer.TOKENS)) {
      Response response = server.exchange(request("TRACE", path, server.bearer));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.fields() + response.body()).doesNotContain(server.plaintext);
    }
    assertThat(server.page.runs()).isEqualTo(runs);
  }

  @Test // D5
  void trace_is_protected_if_the_container_allows_it() throws Exception {
    try (TestServer lenient = new TestServer()) {
      lenient.config.strictness = ContainerConfig.Strictness.LENIENT;
      lenient.start();
      for (String path : List.of(PAGE, TestServer.TOKENS)) {
        assertThat(lenient.exchange(request("TRACE", path)).status()).isEqualTo(401);
      }
      assertThat(lenient.page.runs()).isZero();
      Response response = lenient.exchange(request("TRACE", TestServer.TOKENS, lenient.bearer));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.values("Allow")).containsExactly("GET, HEAD");
      assertThat(response.body()).doesNotContain(lenient.plaintext);
    }
  }

  @Test // E12
  void a_preflight_request_needs_a_token_and_no_origin_is_allowed() throws IOException {
    Response response = server.exchange(request(
        "OPTIONS",
        TestServer.TOKENS + "/create",
        "Origin: https://evil.example",
        "Access-Control-Request-Method: POST"));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.fields().toString()).doesNotContainIgnoringCase("access-control");
    Response good = server.exchange(
        request("GET", TestServer.TOKENS, server.bearer, "Origin: https://evil.example"));
    assertThat(good.fields().toString()).doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest // D6
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: OPTIONS",
        "X-HTTP-Method: OPTIONS",
        "X-Method-Override: HEAD",
        "X-Original-URL: /open?how=say",
        "X-Rewrite-URL: /open?how=say",
        "X-Forwarded-Prefix: /open",
        "X-Forwarded-Path: /open",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: localhost",
        "X-Forwarded-Proto: https",
        "Forwarded: for=127.0.0.1;host=localhost;proto=https",
        "X-Real-IP: 127.0.0.1",
        "X-User-Id: 1",
        "X-Custom-IP-Authorization: 127.0.0.1"
      })
  void no_header_bypasses_the_filter(String line) throws IOException {
    int runs = server.page.runs();
    assertThat(server.exchange(request("GET", PAGE, line)).status()).isEqualTo(401);
    assertThat(server.page.runs()).isEqualTo(runs);
    Response open = server.exchange(
        request("GET", "/open?how=say", "X-Original-URL: " + PAGE, "X-Rewrite-URL: " + PAGE));
    assertThat(open.body()).startsWith("open content for nobody");
  }

  @ParameterizedTest // D1, D3: paths that bypassed Shiro and others
  @ValueSource(
      strings = {
        "/api/page;x",
        "/api;x/page",
        "/;/api/page",
        "/api/./page",
        "/open/../api/page",
        "/open/..;/api/page",
        "//api/page",
        "/api//page",
        "/%61pi/page",
        "/api%2fpage",
        "/api/%70age",
        "/api/page/",
        "/api/page%20",
        "/api/page%00",
        "/api/page%0d",
        "/api\\page",
        "/api%5cpage",
        "/API/page",
        "/api/page.json",
        "/open/%2e%2e/api/page",
        "/./api/page",
        "/api/page?x#y",
        "http://localhost/api/page",
        "http://other/api/page",
        "*"
      })
  void no_notation_of_the_path_bypasses_the_filter(String target) throws IOException {
    int runs = server.page.runs();
    Response response = server.exchange(request("GET", target));
    assertThat(response.status()).isIn(400, 401, 404, 405);
    assertThat(response.body()).doesNotContain(ProtectedPage.MARK);
    assertThat(server.page.runs()).isEqualTo(runs);
  }
}
