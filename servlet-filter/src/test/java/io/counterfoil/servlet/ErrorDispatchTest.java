package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.CapturedLog;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter with routes in front of a whole application, whose error page has no route. */
@OnEveryContainer
class ErrorDispatchTest {
  private static final String ERROR_PAGE = "/error";

  private final TestServer server = new TestServer();
  private String narrow = "";

  /** A page that fails as the last part of its path says. */
  private static final class FailingPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      switch (String.valueOf(request.getPathInfo())) {
        case "/throw" -> throw new IllegalStateException("the application's own");
        case "/send" -> response.sendError(500);
        case "/missing" -> response.sendError(404);
        case "/forward" -> request.getRequestDispatcher("/secret").forward(request, response);
        default -> throw new ServletException("the application's own");
      }
    }
  }

  /** Shows the status of the failed request and its user. */
  private static final class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if ("secret".equals(request.getQueryString())) {
        request.getRequestDispatcher("/secret").forward(request, response);
      } else {
        response
            .getWriter()
            .write("error " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + " for "
                + ProtectedPage.user(request));
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    server.config.filterPattern = "/*";
    server.config.errorPages.put(500, ERROR_PAGE);
    server.config.errorPages.put(404, ERROR_PAGE);
    server.mount("/failing/*", new FailingPage());
    server.mount(ERROR_PAGE, new ErrorPage());
    server.mount("/secret", server.page);
    RouteScopes table = RouteScopes.builder()
        .scope("read", "GET /failing/*", "POST /failing/*")
        .scope("admin", "GET /secret")
        .build();
    server.start(new BearerFilter(
        BearerAuthenticator.builder(server.tokens).routes(table).build()));
    narrow = "Authorization: Bearer "
        + server
            .tokens
            .create(NewToken.named("narrow").owner("ann").scopes("read"))
            .reveal();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // D4
  @CsvSource({
    "GET, throw, 500",
    "GET, checked, 500",
    "GET, send, 500",
    "GET, missing, 404",
    "POST, throw, 500"
  })
  void an_error_of_a_request_that_was_let_in_keeps_its_status_and_its_user(
      String method, String how, int status) throws Exception {
    CapturedLog.of(() -> {
      Response response =
          server.exchange(request(method, "/failing/" + how, narrow, "Content-Length: 0"));
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.body())
          .isEqualTo("error " + status + " for ann ann Bearer deploy=false proof=2 session=false");
      assertThat(response.values("WWW-Authenticate")).isEmpty();
    });
    assertThat(server.store.lookups()).isOne();
  }

  @Test // D4
  void a_direct_request_for_the_error_page_is_still_judged() throws IOException {
    assertThat(server.exchange(request("GET", ERROR_PAGE, narrow)).status()).isEqualTo(403);
    assertThat(server.exchange(request("GET", ERROR_PAGE)).status()).isEqualTo(401);
  }

  @ParameterizedTest // D4
  @ValueSource(strings = {"X: y", "Authorization: Bearer nonsense"})
  void a_refused_request_reaches_no_error_page(String credential) throws IOException {
    for (String path : new String[] {"/failing/throw", "/failing/send", "/nothing"}) {
      Response response = server.exchange(request("GET", path, credential));
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.body()).doesNotContain("error ");
    }
    Response withoutRoute = server.exchange(request("GET", "/nothing", narrow));
    assertThat(withoutRoute.status()).isEqualTo(403);
    assertThat(withoutRoute.body()).doesNotContain("error ");
  }

  @ParameterizedTest // D4: Spring CVE-2022-31692
  @ValueSource(strings = {"/failing/forward", "/failing/send?secret"})
  void a_forward_is_judged_even_from_an_error_page(String path) throws IOException {
    Response response = server.exchange(request("GET", path, narrow));
    assertThat(response.body())
        .doesNotContain(ProtectedPage.MARK)
        .contains("the token lacks the scope that is needed here");
    assertThat(server.page.runs()).isZero();
  }
}
