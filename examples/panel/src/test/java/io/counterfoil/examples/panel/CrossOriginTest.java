package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** D5, E12: scripts of another origin call the API in a real browser. */
@Tag("browser")
class CrossOriginTest {
  private static final String CALL = """
      const [url, header, value, done] = arguments;
      fetch(url, {headers: {[header]: value}})
        .then(async response => done(response.status + ' ' + await response.text()))
        .catch(failure => done(failure.name));
      """;

  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).build();
  private final String plaintext =
      tokens.create(NewToken.named("ci").owner("ann")).reveal();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(tokens).header("X-API-Key").build();
  private final Page page = new Page();
  private final Server app = new Server();
  private final Server api = new Server();
  private ChromeDriver browser;

  /** Answers every method, also {@code OPTIONS}, and counts the requests. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient AtomicInteger runs = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      runs.incrementAndGet();
      response.getWriter().write("Hello " + request.getRemoteUser());
    }
  }

  /** Lets scripts of these origins call the application with a token. */
  private record OriginFilter(Set<String> origins) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletResponse answer = (HttpServletResponse) response;
      String origin = ((HttpServletRequest) request).getHeader("Origin");
      answer.addHeader("Vary", "Origin");
      if (origin != null && origins.contains(origin)) {
        answer.setHeader("Access-Control-Allow-Origin", origin);
        answer.setHeader("Access-Control-Allow-Headers", "Authorization, X-API-Key, Content-Type");
        answer.setHeader("Access-Control-Expose-Headers", "Link, Retry-After");
      }
      chain.doFilter(request, response);
    }
  }

  @BeforeEach
  void openPageOfAnotherOrigin() throws Exception {
    start(app, new ServletContextHandler(), new Page(), "/*");
    browser = Browser.shared();
    browser.get(url(app));
  }

  @AfterEach
  void stop() throws Exception {
    app.stop();
    api.stop();
    tokens.close();
  }

  @Test
  void a_script_of_an_allowed_origin_reads_pages_and_refusals() throws Exception {
    startApi(guarded(url(app)));
    assertThat(call("Authorization", "Bearer " + plaintext)).isEqualTo("200 Hello ann");
    assertThat(call("X-API-Key", plaintext)).isEqualTo("200 Hello ann");
    assertThat(page.runs).as("without the preflights").hasValue(2);
    assertThat(call("Authorization", "Bearer wrong"))
        .isEqualTo("401 {\"success\":false,\"msg\":\"a valid API token is needed\"}");
    assertThat(page.runs).hasValue(2);
  }

  @Test
  void a_script_of_another_origin_cannot_call() throws Exception {
    startApi(guarded("https://app.example"));
    assertThat(call("Authorization", "Bearer " + plaintext)).isEqualTo("TypeError");
    assertThat(page.runs).hasValue(0);
  }

  @Test
  void without_a_cors_filter_no_script_of_another_origin_can_call() throws Exception {
    startApi(new BearerFilter(bearer));
    assertThat(call("Authorization", "Bearer " + plaintext)).isEqualTo("TypeError");
    assertThat(page.runs).hasValue(0);
  }

  private BearerFilter guarded(String origin) {
    return new BearerFilter(bearer, new OriginFilter(Set.of(origin)));
  }

  private void startApi(BearerFilter filter) throws Exception {
    var context = new ServletContextHandler();
    context.addFilter(new FilterHolder(filter), "/api/*", EnumSet.allOf(DispatcherType.class));
    start(api, context, page, "/api/*");
  }

  private static void start(
      Server server, ServletContextHandler context, HttpServlet servlet, String pattern)
      throws Exception {
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    context.addServlet(new ServletHolder(servlet), pattern);
    server.setHandler(context);
    server.start();
  }

  private static String url(Server server) {
    return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  private String call(String header, String value) {
    return String.valueOf(browser.executeAsyncScript(CALL, url(api) + "/api/hello", header, value));
  }
}
