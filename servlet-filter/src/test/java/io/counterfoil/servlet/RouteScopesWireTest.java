package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.servlet.RawHttp.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes in front of a page with many notations of its path, in a container with lenient settings. The requests try to bypass
 * the narrow route.
 */
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteScopesWireTest {
  private final TestServer server = new TestServer();
  private String narrow = "";

  @BeforeAll
  void start() throws Exception {
    server.config.strictness = ContainerConfig.Strictness.LENIENT;
    server.config.contextPath = "/ctx";
    RouteScopes table = RouteScopes.builder()
        .scope("read", "GET /api/**")
        .scope("admin", "GET /api/pages/secret", "POST /api/pages/*")
        .scope("relay", "GET /api/relay")
        .anyToken("GET /api/a b/\u00e4+1", "OPTIONS /api/pages/*")
        .build();
    server.mount("/api/pages/*", server.page);
    server.mount("/api/a b/*", server.page);
    server.mount("/api/relay", new DispatchingPage());
    server.mount("/open", new DispatchingPage());
    server.start(new BearerFilter(
        BearerAuthenticator.builder(server.tokens).routes(table).build()));
    narrow = "Authorization: Bearer "
        + server
            .tokens
            .create(NewToken.named("narrow").owner("ann").scopes("read", "relay"))
            .reveal();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // M1
  @CsvSource({
    "GET, /api/pages/x, 200",
    "GET, /api/page, 200",
    "GET, /api/pages, 200",
    "GET, /api/pages/x?secret=/api/pages/secret, 200",
    "GET, /api/%70ages/x, 200",
    "GET, /api/a%20b/%C3%A4+1, 200",
    "GET, /api/a%20b/%C3%A4%2B1, 200",
    "OPTIONS, /api/pages/x, 200",
    "GET, /api/pages/secret, 403",
    "GET, /api/pages/%73ecret, 403",
    "HEAD, /api/pages/secret, 403",
    "POST, /api/pages/x, 403",
    "PUT, /api/pages/x, 403",
    "get, /api/pages/x, 403",
    "BREW, /api/pages/x, 403",
    "TRACE, /api/pages/x, 403",
    "OPTIONS, /api/page, 403"
  })
  void a_request_is_matched_by_the_decoded_path_below_the_context(
      String method, String path, int status) throws IOException {
    int runs = server.page.runs();
    Response response =
        server.exchange(request(method, "/ctx" + path, narrow, "Content-Length: 0"));
    assertThat(response.status()).isEqualTo(status);
    assertThat(server.page.runs()).isEqualTo(status == 200 ? runs + 1 : runs);
  }

  @ParameterizedTest // D1, D2, D3
  @ValueSource(
      strings = {
        "/api/pages//secret",
        "/api//pages/secret",
        "//api/pages/secret",
        "/api/pages/secret/",
        "/api/pages/./secret",
        "/api/./pages/secret",
        "/api/pages/x/../secret",
        "/api/x/..;/pages/secret",
        "/api/pages/x/%2e%2e/secret",
        "/api/pages/%2e/secret",
        "/api/pages%2fsecret",
        "/api/pages/x%2f..%2fsecret",
        "/api/pages%2Fsecret",
        "/api/pages/secret%2f",
        "/api/pages/secret;x",
        "/api/pages/secret;jsessionid=1",
        "/api/pages;x/secret",
        "/api/pages/;/secret",
        "/api/pages/x;/../secret",
        "/api/pages/secret%3bx",
        "/api/pages/secret%00",
        "/api/pages/secret%0d",
        "/api/pages/secret%23",
        "/api/pages/secret%3f",
        "/api/pages/%2573ecret",
        "/api/pages\\secret",
        "/api/pages/x%5c..%5csecret",
        "/api/pages/SECRET",
        "/API/pages/secret",
        "/api/pages/secre%u0074",
        "/api/pages/secret%",
        "/api/pages/x/",
        "/api/"
      })
  void no_notation_of_a_path_matches_a_wider_route(String path) throws IOException {
    int runs = server.page.runs();
    Response response = server.exchange(request("GET", "/ctx" + path, narrow));
    assertThat(response.body()).doesNotContain(ProtectedPage.MARK);
    assertThat(response.status()).isIn(400, 403, 404);
    assertThat(server.page.runs()).isEqualTo(runs);
  }

  @ParameterizedTest // D3: Undertow decodes it to an ordinary slash
  @ValueSource(strings = {"/api/pages/x%2fsecret", "/api/pages/x%2Fsecret"})
  void an_encoded_slash_matches_no_route_unless_the_container_decodes_it(String path)
      throws IOException {
    int runs = server.page.runs();
    boolean undertow = Container.NAME.equals("undertow");
    Response response = server.exchange(request("GET", "/ctx" + path, narrow));
    assertThat(response.status()).isEqualTo(undertow ? 200 : 403);
    assertThat(server.page.runs()).isEqualTo(undertow ? runs + 1 : runs);
  }

  @ParameterizedTest // D4: permission for one dispatch does not extend to the next
  @ValueSource(strings = {"forward", "include", "stream-include", "async"})
  void every_dispatch_is_checked_against_its_own_target(String how) throws IOException {
    int runs = server.page.runs();
    String relay = "/ctx/api/relay?how=" + how + "&to=/api/pages/";
    server.store.lookups();
    assertThat(server.exchange(request("GET", relay + "secret", narrow)).body())
        .doesNotContain(ProtectedPage.MARK)
        .contains("the token lacks the scope that is needed here");
    assertThat(server.store.lookups()).isOne();
    assertThat(server.page.runs()).isEqualTo(runs);
    if (!how.equals("stream-include")) { // the page uses a writer, which excludes the stream
      assertThat(server.exchange(request("GET", relay + "x", narrow)).body())
          .contains(ProtectedPage.MARK + " for ann");
      assertThat(server.store.lookups()).isOne();
    }
  }

  @ParameterizedTest // D4
  @ValueSource(strings = {"forward", "include", "async"})
  void a_dispatch_from_an_open_page_is_checked_against_the_routes(String how) throws IOException {
    String open = "/ctx/open?how=" + how + "&to=/api/pages/";
    assertThat(server.exchange(request("GET", open + "secret", narrow)).body())
        .doesNotContain(ProtectedPage.MARK);
    assertThat(server.exchange(request("GET", open + "x", narrow)).body())
        .contains(ProtectedPage.MARK + " for ann");
  }

  @Test // D5, D6
  void no_header_changes_the_method_or_the_path_that_is_checked() throws IOException {
    Response response = server.exchange(request(
        "GET",
        "/ctx/api/pages/secret",
        narrow,
        "X-HTTP-Method-Override: OPTIONS",
        "X-Original-URL: /ctx/api/pages/x",
        "X-Rewrite-URL: /ctx/api/pages/x",
        "X-Forwarded-Prefix: /ctx/api/pages/x"));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.values("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"admin\"");
  }

  @Test // C6
  void a_request_that_matches_no_route_is_refused_without_naming_a_scope() throws IOException {
    Response response = server.exchange(request("DELETE", "/ctx/api/pages/x", server.bearer));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.values("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\"");
    assertThat(server.exchange(request("DELETE", "/ctx/api/pages/x")).status()).isEqualTo(401);
  }
}
