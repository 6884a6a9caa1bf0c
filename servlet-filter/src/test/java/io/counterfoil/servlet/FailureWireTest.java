package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter handles failures of the store, but not exceptions of the application. */
@OnEveryContainer
class FailureWireTest {

  /** A page that throws an exception of the token store. */
  private static final class FailingPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      throw new TokenStoreException("the application's own", new IllegalStateException());
    }
  }

  /** A page that has written output before it dispatches the request. */
  private static final class EarlyOutputPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("early output");
      if ("flush".equals(request.getQueryString())) {
        response.flushBuffer();
      }
      request.startAsync(request, response).dispatch(PAGE);
    }
  }

  @ParameterizedTest // I1, I2, C5, C7
  @MethodSource("io.counterfoil.testing.BrokenStore#failures")
  void a_failing_store_is_answered_503_with_retry_after_and_the_page_does_not_run(Throwable failure)
      throws Exception {
    TokenStore store = BrokenStore.throwing(failure);
    BearerFilter filter = new BearerFilter(
        BearerAuthenticator.builder(TokenManager.builder(store).build()).build());
    try (TestServer server = new TestServer().start(filter)) {
      String log = CapturedLog.of(() -> {
        for (String path : new String[] {PAGE, TOKENS}) {
          Response response = server.exchange(request("GET", path, server.bearer));
          assertThat(response.status()).isEqualTo(503);
          assertThat(response.values("Retry-After")).containsExactly("5");
          assertThat(response.values("WWW-Authenticate")).isEmpty();
          assertThat(response.body())
              .isEqualTo("{\"success\":false,\"msg\":\"tokens are not available now, try again\"}");
        }
      });
      assertThat(log).doesNotContain(BrokenStore.SECRET, server.plaintext);
      assertThat(server.exchange(request("GET", PAGE)).status()).isEqualTo(401); // I3
      assertThat(server.page.runs()).isZero();
    }
  }

  @Test // I1, I2, A7
  void an_inactive_owner_is_answered_401_and_a_failing_owner_check_503() throws Exception {
    AtomicReference<Predicate<String>> active = new AtomicReference<>(owner -> false);
    TestServer server = new TestServer();
    TokenManager tokens = TokenManager.builder(server.store)
        .clock(server.clock)
        .activeOwners(owner -> active.get().test(owner))
        .build();
    try (server;
        tokens) {
      server.start(new BearerFilter(BearerAuthenticator.builder(tokens).build()));
      Response inactive = server.exchange(request("GET", PAGE, server.bearer));
      Response invalid = server.exchange(request("GET", PAGE, server.bearer + "x"));
      assertThat(inactive.status()).isEqualTo(401);
      assertThat(inactive).isEqualTo(invalid);
      active.set(owner -> {
        throw new IllegalStateException(BrokenStore.SECRET);
      });
      String log = CapturedLog.of(() -> {
        Response unknown = server.exchange(request("GET", PAGE, server.bearer));
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.values("Retry-After")).containsExactly("5");
        assertThat(unknown.values("WWW-Authenticate")).isEmpty();
      });
      assertThat(log).doesNotContain(BrokenStore.SECRET);
      assertThat(server.page.runs()).isZero();
      active.set(owner -> true);
      assertThat(server.exchange(request("GET", PAGE, server.bearer)).status()).isEqualTo(200);
    }
  }

  @Test
  void an_exception_from_the_application_is_not_answered_by_the_filter() throws Exception {
    try (TestServer server = new TestServer()) {
      server.mount("/api/failing", new FailingPage());
      server.start();
      CapturedLog.of(() -> {
        Response response = server.exchange(request("GET", "/api/failing", server.bearer));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.values("Retry-After")).isEmpty();
        assertThat(response.values("WWW-Authenticate")).isEmpty();
      });
    }
  }

  @Test // C7
  void a_committed_response_is_not_changed() throws Exception {
    try (TestServer server = new TestServer()) {
      server.mount("/early", new EarlyOutputPage());
      server.start();
      Response response = server.exchange(request("GET", "/early?flush"));
      assertThat(response.body()).isEqualTo("early output");
      assertThat(server.page.runs()).isZero();
    }
  }

  @Test // C7
  void uncommitted_output_is_replaced_by_the_error_response() throws Exception {
    try (TestServer server = new TestServer()) {
      server.mount("/early", new EarlyOutputPage());
      server.start();
      Response response = server.exchange(request("GET", "/early"));
      assertThat(response.body())
          .isEqualTo("{\"success\":false,\"msg\":\"a valid API token is needed\"}");
      assertThat(response.status()).isEqualTo(401);
    }
  }
}
