package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** D5, E12: CORS in front of the check. */
@OnEveryContainer
class CorsWireTest {
  private static final String ORIGIN = "Origin: https://app.example";
  private static final String METHOD = "Access-Control-Request-Method: GET";
  private static final String ALLOWED = "https://app.example";

  /** A CORS filter for one origin. */
  private static class Cors implements Filter {
    final AtomicInteger lifecycle = new AtomicInteger();

    @Override
    public void init(FilterConfig config) {
      lifecycle.addAndGet(1);
    }

    @Override
    public void destroy() {
      lifecycle.addAndGet(10);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletResponse answer = (HttpServletResponse) response;
      answer.addHeader("Vary", "Origin");
      if (ALLOWED.equals(((HttpServletRequest) request).getHeader("Origin"))) {
        answer.setHeader("Access-Control-Allow-Origin", ALLOWED);
        answer.setHeader("Access-Control-Allow-Headers", "authorization");
      }
      chain.doFilter(request, response);
    }
  }

  private static BearerFilter filter(TestServer server, Filter cors) {
    return new BearerFilter(
        BearerAuthenticator.builder(server.tokens).header("X-API-Key").build(), cors);
  }

  @Test
  void a_preflight_gets_the_headers_of_the_cors_filter_and_no_servlet_runs() throws Exception {
    Cors cors = new Cors();
    try (TestServer server = new TestServer()) {
      server.start(filter(server, cors));
      Response preflight = server.exchange(request(
          "OPTIONS", PAGE, ORIGIN, METHOD, "Access-Control-Request-Headers: authorization"));
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.values("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
      assertThat(preflight.values("Set-Cookie")).isEmpty();
      Response other =
          server.exchange(request("OPTIONS", PAGE, "Origin: https://evil.example", METHOD));
      assertThat(other.values("Access-Control-Allow-Origin")).isEmpty();
      assertThat(server
              .exchange(request("OPTIONS", TestServer.TOKENS, ORIGIN, METHOD))
              .status())
          .isEqualTo(204);
      assertThat(server.page.runs()).isZero();
      assertThat(cors.lifecycle).hasValue(1);
    }
    assertThat(cors.lifecycle).hasValue(11);
  }

  @Test // the requirement: only real preflights
  void everything_that_is_not_a_preflight_is_checked() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start(filter(server, new Cors()));
      String[][] others = {
        {"OPTIONS"},
        {"OPTIONS", ORIGIN},
        {"OPTIONS", METHOD},
        {"OPTIONS", ORIGIN, ORIGIN, METHOD},
        {"OPTIONS", ORIGIN, METHOD, METHOD},
        {"OPTIONS", ORIGIN, METHOD, "Authorization: Bearer x"},
        {"OPTIONS", ORIGIN, METHOD, "X-API-Key: x"},
        {"options", ORIGIN, METHOD},
        {"GET", ORIGIN, METHOD},
        {"HEAD", ORIGIN, METHOD},
        {"POST", ORIGIN, METHOD, "X-HTTP-Method-Override: OPTIONS", "Content-Length: 0"}
      };
      for (String[] other : others) {
        String[] lines = Arrays.copyOfRange(other, 1, other.length);
        assertThat(server.exchange(request(other[0], PAGE, lines)).status())
            .as(String.join(" ", other))
            .isEqualTo(401);
      }
      assertThat(server.page.runs()).isZero();
      Response options = server.exchange(request("OPTIONS", PAGE, ORIGIN, METHOD, server.bearer));
      assertThat(options.status())
          .as("with a token it is a request like any other")
          .isEqualTo(200);
      assertThat(server.page.runs()).isOne();
    }
  }

  @Test
  void a_script_of_an_allowed_origin_can_read_refusals_and_pages() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start(filter(server, new Cors()));
      assertReadable(server);
    }
  }

  @Test // the recipe without the option
  void a_cors_filter_that_is_registered_before_keeps_its_headers_too() throws Exception {
    try (TestServer server = new TestServer()) {
      server.addFilter(
          "/api/*", new BearerFilter(BearerAuthenticator.builder(server.tokens).build()));
      server.start(new Cors());
      assertReadable(server);
    }
  }

  private static void assertReadable(TestServer server) throws IOException {
    Response refused = server.exchange(request("GET", PAGE, ORIGIN, "Authorization: Bearer x"));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.values("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
    assertThat(refused.values("Vary")).contains("Origin");
    assertThat(refused.values("Cache-Control")).containsExactly("no-store");
    Response page = server.exchange(request("GET", PAGE, ORIGIN, server.bearer));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.values("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
  }

  @Test
  void without_the_option_a_preflight_is_refused() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start();
      assertThat(server.exchange(request("OPTIONS", PAGE, ORIGIN, METHOD)).status())
          .isEqualTo(401);
    }
  }
}
