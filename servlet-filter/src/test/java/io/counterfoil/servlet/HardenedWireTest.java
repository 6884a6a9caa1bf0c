package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.ContainerConfig.Strictness;
import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.CapturedLog;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With the settings in {@code docs/containers.md}, a container discloses neither the content of requests nor its own
 * name and version.
 */
@OnEveryContainer
class HardenedWireTest {
  private static final String SECRET = "a secret of the application";

  /** A typical page: its superclass handles all methods but GET. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getPathInfo() == null) {
        throw new IllegalStateException(SECRET);
      }
      response.sendError(404);
    }
  }

  /** {@code TOKEN} stands for a valid plaintext. */
  private static List<String> badRequests() {
    return List.of(
        request("GET", PAGE, "Authorization: Bearer TOKEN\u0001"),
        request("GET", PAGE, "Authorization : Bearer TOKEN"),
        request("GET", PAGE, "Authorization Bearer TOKEN"),
        request("GET", PAGE, "Authorization: Bearer " + "TOKEN".repeat(30_000)),
        request("GET", PAGE, "Cookie: Authorization=Bearer TOKEN; $x=\"TOKEN"),
        request("GET", PAGE + "?access_token=TOKEN%zz&%TOKEN"),
        request("GET", PAGE + "?access_token=TOKEN\u0001"),
        request("GET", "/open/TOKEN\u0001"),
        request("GET", "/open/%2fTOKEN"),
        request("GET", "/nothing/TOKEN?TOKEN"),
        request("GET", "/open", "Authorization: Bearer TOKEN"),
        request("TRACE", "/open", "Authorization: Bearer TOKEN", "Cookie: t=TOKEN"),
        request("TOKEN", "/open"),
        request("GET\u0000TOKEN", "/open"),
        request("GET", PAGE, "Content-Length: TOKEN"),
        "GET " + PAGE + " HTTP/1.1\r\nHost: TOKEN:x\r\n\r\n",
        "GET " + PAGE + " HTTP/1.1\r\nHost: a\u0001TOKEN\r\n\r\n",
        "GET " + PAGE + " TOKEN\r\n\r\n",
        "TOKEN\r\n\r\n");
  }

  static Stream<Boolean> configurations() {
    return Container.NAME.startsWith("tomcat") ? Stream.of(false, true) : Stream.of(false);
  }

  @ParameterizedTest // L1, L2, C4, C5
  @MethodSource("configurations")
  void responses_and_logs_contain_no_token_class_name_or_container_name(boolean fromFiles)
      throws Exception {
    TestServer server = started(Strictness.HARDENED, fromFiles);
    List<Response> responses = new ArrayList<>();
    String log;
    try (server) {
      log = CapturedLog.of(() -> {
        for (String request : badRequests()) {
          responses.add(server.exchange(request.replace("TOKEN", server.plaintext)));
        }
      });
    }
    assertThat(log).doesNotContain(server.plaintext.substring(3, 13));
    assertThat(responses).hasSameSizeAs(badRequests()).allSatisfy(response -> {
      assertThat(response.status()).isGreaterThanOrEqualTo(400);
      assertThat(response.fields() + response.body())
          .doesNotContain(server.plaintext.substring(3, 13), SECRET)
          .doesNotContainIgnoringCase("exception", "io.counterfoil", "java.", "jetty", "catalina")
          .doesNotContainIgnoringCase("apache", "undertow", "/open", "/nothing");
    });
    assertThat(server.page.runs()).isZero();
  }

  @Test // L2: if this fails, the defaults have improved: shorten docs/containers.md
  void default_settings_disclose_tokens_and_names() throws Exception {
    try (TestServer server = started(Strictness.DEFAULT, false)) {
      String log = CapturedLog.of(() -> {
        Response illegal = server.exchange(request("GET", PAGE, server.bearer + '\u0001'));
        Response trace = server.exchange(request("TRACE", "/open", server.bearer));
        Response failure = server.exchange(request("GET", "/open"));
        Response unknown = server.exchange(request("GET", "/nothing?" + server.plaintext));
        switch (Container.NAME) {
          case "jetty" -> {
            assertThat(trace.body()).contains(server.plaintext);
            assertThat(unknown.body()).contains(server.plaintext);
            assertThat(failure.body()).contains("IllegalStateException: " + SECRET);
            assertThat(failure.values("Server")).hasSize(1);
          }
          case "undertow" -> {
            assertThat(trace.body()).contains(server.plaintext);
            assertThat(failure.body()).contains(SECRET, "io.counterfoil.servlet");
          }
          default -> {
            assertThat(illegal.body()).contains(server.plaintext.substring(0, 50));
            assertThat(failure.body()).contains(SECRET, "io.counterfoil.servlet", "Apache Tomcat");
          }
        }
      });
      boolean tomcat = Container.NAME.startsWith("tomcat");
      assertThat(log.contains(server.plaintext.substring(0, 50))).isEqualTo(tomcat);
    }
  }

  private static TestServer started(Strictness strictness, boolean fromFiles) throws Exception {
    TestServer server = new TestServer();
    server.config.strictness = strictness;
    server.config.fromFiles = fromFiles;
    server.mount("/open/*", new Page());
    return server.start();
  }
}
