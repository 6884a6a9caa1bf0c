package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.servlet.ContainerConfig.Strictness;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unusual notations of paths, in a container with hardened, default and lenient settings (D1, D2, D3).
 *
 * <p>Everything below {@code /api} is protected. {@code /api/page} requires a scope that the narrow token lacks; the other
 * pages require one that it has.
 */
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathWireTest {
  private static final String CONTEXT = "/ctx";
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String SECRET = CONTEXT + "/api/page";

  /** The default page. */
  private static final class DefaultPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("default page");
    }
  }

  private final Map<Strictness, TestServer> servers = new EnumMap<>(Strictness.class);
  private final Map<Strictness, String> narrow = new EnumMap<>(Strictness.class);

  @BeforeAll
  void start() throws Exception {
    RouteScopes table = RouteScopes.builder()
        .scope("read", "GET /api/**")
        .scope("admin", "GET /api/page")
        .build();
    for (Strictness strictness : Strictness.values()) {
      TestServer server = new TestServer();
      servers.put(strictness, server);
      server.config.strictness = strictness;
      server.config.contextPath = CONTEXT;
      server.mount("/api/*", server.page);
      server.mount("/", new DefaultPage());
      if (strictness == Strictness.LENIENT && Container.NAME.equals("jetty")) {
        server.config.filterPattern = "/*"; // Jetty would skip the filter: see the last test
      }
      server.start(new BearerFilter(
          BearerAuthenticator.builder(server.tokens).routes(table).build()));
      NewToken newToken = NewToken.named("narrow").scopes("read");
      narrow.put(
          strictness, "Authorization: Bearer " + server.tokens.create(newToken).reveal());
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (TestServer server : servers.values()) {
      server.close();
    }
  }

  static Stream<Arguments> requests() throws IOException {
    List<String> targets = Files.readAllLines(Path.of("src/test/resources/paths.txt")).stream()
        .filter(line -> !line.startsWith("## "))
        .toList();
    return Stream.of(Strictness.values())
        .flatMap(strictness -> targets.stream().map(target -> Arguments.of(strictness, target)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("requests")
  void without_a_token_no_notation_of_a_path_reaches_a_protected_page(
      Strictness strictness, String target) throws IOException {
    TestServer server = servers.get(strictness);
    int runs = server.page.runs();
    Response response = server.exchange(request("GET", target));
    assertThat(server.page.runs()).isEqualTo(runs);
    assertThat(response.body()).doesNotContain(ProtectedPage.MARK);
    assertThat(response.status()).isLessThan(500);
  }

  @ParameterizedTest(name = "{0} {1}") // M1
  @MethodSource("requests")
  void no_notation_of_a_path_reaches_a_page_outside_the_scopes_of_a_token(
      Strictness strictness, String target) throws IOException {
    TestServer server = servers.get(strictness);
    int runs = server.page.runs();
    Response response = server.exchange(request("GET", target, narrow.get(strictness)));
    boolean reached = server.page.runs() > runs;
    assertThat(reached).isEqualTo(response.body().contains(ProtectedPage.MARK));
    if (reached) {
      assertThat(decodeCarelessly(target)).isNotEqualTo(SECRET).startsWith(CONTEXT + "/api");
    }
    assertThat(response.status()).isLessThan(500);
  }

  /**
   * A Jetty that accepts encoded slashes chooses the servlet by the decoded path, but the filters by the encoded one.
   * The policy of the management API still refuses the request, since it has no accepted token.
   */
  @Test
  void an_encoded_slash_bypasses_every_filter_if_jetty_accepts_it() throws Exception {
    boolean jetty = Container.NAME.equals("jetty");
    try (TestServer server = new TestServer()) {
      server.config.strictness = Strictness.LENIENT;
      server.start();
      server.exchange(request("GET", "/api%2Fpage"));
      assertThat(server.page.runs()).isEqualTo(jetty ? 1 : 0);
      Response deletion =
          server.exchange(request("POST", "/api%2Ftokens/delete/1", "Content-Length: 0"));
      assertThat(deletion.status())
          .isEqualTo(
              switch (Container.NAME) {
                case "jetty" -> 403;
                case "undertow" -> 401; // decoded before a filter is chosen
                default -> 404;
              });
      assertThat(server.store.content()).hasSize(1);
    }
    try (TestServer server = new TestServer()) {
      server.start();
      assertThat(server.exchange(request("GET", "/api%2Fpage")).status())
          .isEqualTo(Container.NAME.equals("undertow") ? 404 : 400);
      assertThat(server.page.runs()).isZero();
    }
  }

  /** Decodes a path with every careless method in turn, so that any notation of the secret page yields its path. */
  private static String decodeCarelessly(String target) {
    String path = target.replaceFirst("^http://[^/]*", "").replaceFirst("[?#].*", "");
    for (int i = 0; i < 3; i++) {
      path = decoded(path);
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String written : path.replaceAll("[\\\\\uff0f\u2215]", "/").split("/", -1)) {
      String segment = written.replaceFirst("(?s)[;?#\u0000].*", "");
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return ("/" + String.join("/", segments)).toLowerCase(Locale.ROOT);
  }

  private static String decoded(String path) {
    String plain = path.replaceAll("(?i)%u00([0-9a-f]{2})", "%$1")
        .replaceAll("(?i)%c0%af|%e0%80%af|%f0%80%80%af", "/")
        .replaceAll("(?i)%c0%ae", ".");
    String bytes = ESCAPE
        .matcher(plain)
        .replaceAll(escape ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
