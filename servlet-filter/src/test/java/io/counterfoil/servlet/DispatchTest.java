package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request for a protected page is checked exactly once, no matter by which kind of dispatch it arrives. */
@OnEveryContainer
class DispatchTest {
  private final TestServer server = new TestServer();

  @BeforeEach
  void start() throws Exception {
    DispatchingPage page = new DispatchingPage();
    server.mount("/open", page);
    server.mount("/api/relay", page);
    server.mount("/api/admin/relay", page);
    server.mount("/api/admin/page", server.page);
    server.config.errorPages.put(418, PAGE);
    server.addFilter(
        "/api/admin/*",
        new BearerFilter(
            BearerAuthenticator.builder(server.tokens).scope("admin").build()));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // D4: Spring CVE-2022-31692, Shiro CVE-2022-40664
  @ValueSource(strings = {"forward", "include", "stream-include", "async", "error"})
  void a_dispatch_from_an_open_page_needs_a_token(String how) throws Exception {
    for (String credential : new String[] {"X: y", "Authorization: Bearer nonsense"}) {
      Response response =
          server.exchange(request("GET", "/open?how=" + how + "&to=" + PAGE, credential));
      assertThat(response.body()).doesNotContain(ProtectedPage.MARK);
      assertThat(response.status()).isNotEqualTo(500);
      if (!how.contains("include")) { // an included page cannot change the status
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.values("WWW-Authenticate")).hasSize(1);
      }
    }
    assertThat(server.page.runs()).isZero();
    assertThat(server.store.lookups()).isZero();
  }

  @Test // D4, C7
  void a_refused_include_keeps_the_output_of_the_including_page() throws Exception {
    for (String how : new String[] {"include", "stream-include"}) {
      Response response = server.exchange(request("GET", "/open?how=" + how + "&to=" + PAGE));
      assertThat(response.body())
          .isEqualTo("open content, {\"success\":false,\"msg\":\"a valid API token is needed\"}");
      assertThat(response.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest // D4
  @ValueSource(strings = {"forward", "include", "async", "error"})
  void a_dispatch_from_an_open_page_with_a_token_is_accepted(String how) throws Exception {
    Response response =
        server.exchange(request("GET", "/open?how=" + how + "&to=" + PAGE, server.bearer));
    assertThat(response.body())
        .contains(ProtectedPage.MARK + " for token:1 token:1 Bearer deploy=false proof=1");
    assertThat(response.status()).isEqualTo(how.equals("error") ? 418 : 200);
    assertThat(server.store.lookups()).isOne();
  }

  @ParameterizedTest // D4
  @ValueSource(strings = {"forward", "include", "async", "error"})
  void an_accepted_request_is_not_authenticated_again(String how) throws Exception {
    Response response =
        server.exchange(request("GET", "/api/relay?how=" + how + "&to=" + PAGE, server.bearer));
    assertThat(response.body()).contains(ProtectedPage.MARK + " for token:1");
    assertThat(server.store.lookups()).isOne();
  }

  @Test // C8
  void an_open_page_sees_no_identity() throws Exception {
    Response response = server.exchange(request("GET", "/open?how=say", server.bearer));
    assertThat(response.body())
        .isEqualTo("open content for nobody null null deploy=false proof=none session=false");
    assertThat(server.store.lookups()).isZero();
  }

  @ParameterizedTest // D4, M1: one filter does not trust the acceptance of another
  @CsvSource({"forward", "include", "async"})
  void a_filter_that_requires_another_scope_checks_again(String how) throws Exception {
    String narrow =
        server.tokens.create(NewToken.named("narrow").scopes("deploy")).reveal();
    String target = "/api/relay?how=" + how + "&to=/api/admin/page";
    Response response = server.exchange(request("GET", target, "Authorization: Bearer " + narrow));
    assertThat(response.body()).doesNotContain(ProtectedPage.MARK);
    assertThat(server.page.runs()).isZero();
    assertThat(server.store.lookups()).isEqualTo(2);
    String wide = server.tokens.create(NewToken.named("wide").unrestricted()).reveal();
    assertThat(server
            .exchange(request("GET", target, "Authorization: Bearer " + wide))
            .body())
        .contains(ProtectedPage.MARK);
    assertThat(server.store.lookups()).isEqualTo(2);
  }

  @Test // M1
  void both_filters_in_front_of_a_page_must_accept_a_request() throws Exception {
    String narrow =
        server.tokens.create(NewToken.named("narrow").scopes("deploy")).reveal();
    Response response =
        server.exchange(request("GET", "/api/admin/page", "Authorization: Bearer " + narrow));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.values("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"admin\"");
    assertThat(server.page.runs()).isZero();
  }

  @ParameterizedTest // D8
  @ValueSource(strings = {"direct", "forward", "include", "async", "error"})
  void a_filter_that_is_registered_twice_checks_once(String how) throws Exception {
    try (TestServer twice = new TestServer()) {
      BearerFilter filter =
          new BearerFilter(BearerAuthenticator.builder(twice.tokens).build());
      twice.config.errorPages.put(418, PAGE);
      twice.mount("/open", new DispatchingPage());
      twice.addFilter("/api/*", filter);
      twice.start(filter);
      String path = how.equals("direct") ? PAGE : "/open?how=" + how + "&to=" + PAGE;
      assertThat(twice.exchange(request("GET", path, twice.bearer)).body())
          .contains(ProtectedPage.MARK + " for token:1 token:1 Bearer deploy=false proof=1");
      assertThat(twice.store.lookups()).isOne();
      assertThat(twice.exchange(request("GET", path)).body())
          .doesNotContain(ProtectedPage.MARK)
          .contains("a valid API token is needed");
      assertThat(twice.page.runs()).isOne();
    }
  }

  @ParameterizedTest // D8
  @ValueSource(strings = {"direct", "forward", "include", "async", "error"})
  void wrappers_of_other_filters_change_nothing(String how) throws Exception {
    try (TestServer between = new TestServer()) {
      between.config.errorPages.put(418, PAGE);
      between.mount("/open", new DispatchingPage());
      between.config.firstFilters.add(new ContainerConfig.Mapping<>("/*", new OtherLogin()));
      between.addFilter(
          "/*",
          (request, response, chain) -> chain.doFilter(
              new HttpServletRequestWrapper((HttpServletRequest) request),
              new HttpServletResponseWrapper((HttpServletResponse) response)));
      between.start();
      String path = how.equals("direct") ? PAGE : "/open?how=" + how + "&to=" + PAGE;
      assertThat(between.exchange(request("GET", path, between.bearer)).body())
          .contains(ProtectedPage.MARK + " for token:1 token:1 Bearer deploy=false proof=1");
      assertThat(between.store.lookups()).isOne();
      for (String credential : new String[] {"X: y", "Authorization: Bearer nonsense"}) {
        assertThat(between.exchange(request("GET", path, credential)).body())
            .doesNotContain(ProtectedPage.MARK)
            .contains("a valid API token is needed");
      }
      assertThat(between.page.runs()).isOne();
    }
  }

  /** Another login, in front of the filter. It accepts everybody. */
  private static final class OtherLogin implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setAttribute(BearerFilter.ACCEPTED, "yes");
      request.setAttribute(BearerFilter.class.getName() + ".grant", "yes");
      chain.doFilter(
          new HttpServletRequestWrapper((HttpServletRequest) request) {
            @Override
            public String getRemoteUser() {
              return "other";
            }

            @Override
            public String getAuthType() {
              return "FORM";
            }

            @Override
            public boolean isUserInRole(String role) {
              return true;
            }
          },
          response);
    }
  }
}
