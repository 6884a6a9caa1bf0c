package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.counterfoil.TokenManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler of the management page. The tests of the panel example run the page itself in a browser. */
class TokenPageTest {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action"
          + " 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types 'none'";

  private final ApiFixture fixture = new ApiFixture();
  private final TokenPage page = TokenPage.of("/settings/tokens", "/api/tokens", fixture.tokens);

  @ParameterizedTest // E13
  @CsvSource({
    "/, text/html",
    "/page.js, text/javascript",
    "/list.js, text/javascript",
    "/texts.js, text/javascript",
    "/page.css, text/css",
    "/list.css, text/css"
  })
  void page_script_and_style_sheet_come_with_these_headers_and_no_others(String path, String type) {
    ApiResponse response = page.handle(get(path));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsExactly(
            entry("Content-Type", List.of(type + ";charset=utf-8")),
            entry("Cache-Control", List.of("no-store")),
            entry("X-Content-Type-Options", List.of("nosniff")),
            entry("Content-Security-Policy", List.of(POLICY)),
            entry("Referrer-Policy", List.of("no-referrer")),
            entry("Cross-Origin-Opener-Policy", List.of("same-origin")));
    ApiResponse head = page.handle(new FakeRequest("HEAD", path));
    assertThat(head.headers()).isEqualTo(response.headers());
    assertThat(text(head)).isEqualTo(text(response));
  }

  @Test
  void the_path_without_a_slash_leads_to_the_page() {
    ApiResponse response = fixture.assertRefused(page, get(""), 308);
    assertThat(response.headers())
        .containsEntry("Location", List.of("/settings/tokens/"))
        .containsEntry("Content-Type", List.of("application/json"));
    TokenPage elsewhere = TokenPage.of("https://x.example/t", "/api", fixture.tokens);
    assertThat(elsewhere.handle(get("")).headers())
        .containsEntry("Location", List.of("https://x.example/t/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "/index.html",
        "/page.js/",
        "/PAGE.JS",
        "/page%2ejs",
        "/dialogs.html",
        "/texts.properties",
        "/../TokenPage.class",
        "page.js",
        "/page.js\0",
        "/{api}"
      })
  void any_other_path_is_answered_404_in_the_json_envelope(String path) {
    fixture.assertRefused(page, get(path), 404);
  }

  @ParameterizedTest // E4
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", ""})
  void any_other_method_is_answered_405_in_the_json_envelope(String method) {
    for (String path : List.of("", "/", "/page.js", "/page.css")) {
      FakeRequest request = new FakeRequest(method, path);
      ApiResponse response = fixture.assertRefused(page, request, 405);
      assertThat(response.headers()).containsEntry("Allow", List.of("GET, HEAD"));
      assertThat(request.bodyOpened()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/tokens            | /api/tokens               | 'self'",
        "/a&b'(c)               | /a&amp;b'(c)              | 'self'",
        "https://x.example/api  | https://x.example/api     | https://x.example",
        "http://x.example:8080  | http://x.example:8080     | http://x.example:8080"
      },
      quoteCharacter = '`')
  void the_page_may_call_only_the_configured_api(String api, String attribute, String origin) {
    ApiResponse response = TokenPage.of("/t", api, fixture.tokens).handle(get("/"));
    assertThat(text(response))
        .contains("<html lang=\"en\" data-api=\"" + attribute + "\" data-max-lifetime=\"\">");
    assertThat(response.headers().get("Content-Security-Policy").get(0))
        .contains(" connect-src " + origin + "; ");
  }

  @ParameterizedTest
  @CsvSource({"P90D, 7776000", "PT1.5S, 1", "P36500D, 3153600000", "P36501D, 3153600000"})
  void the_page_knows_the_maximum_lifetime(Duration longest, String attribute) {
    TokenManager limited =
        TokenManager.builder(fixture.store).maxLifetime(longest).build();
    assertThat(text(TokenPage.of("/t", "/api", limited).handle(get("/"))))
        .contains(" data-max-lifetime=\"" + attribute + "\">");
  }

  @ParameterizedTest // CWE-79, CWE-113
  @ValueSource(
      strings = {
        "",
        "/",
        "api",
        "/api/",
        "//x.example",
        "javascript:alert(1)",
        "/x?y",
        "/x#y",
        "/x\"y",
        "/x<y",
        "/x>y",
        "/x y",
        "/x\r\ny",
        "https://x.example; script-src *",
        "https://ann@x.example/y",
        "/{api}"
      })
  void a_value_that_is_neither_path_nor_url_is_refused(String text) {
    assertThatThrownBy(() -> TokenPage.of("/t", text, fixture.tokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("api (expected: ");
    assertThatThrownBy(() -> TokenPage.of(text, "/api", fixture.tokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path (expected: ");
  }

  @Test // E13
  void there_is_no_inline_code_and_nothing_from_another_origin() {
    String html = text(page.handle(get("/")));
    assertThat(html)
        .containsOnlyOnce("<script type=\"module\" src=\"page.js\"></script>")
        .doesNotContainPattern("(?i)<style|\\sstyle\\s*=|\\son[a-z]+\\s*=|javascript:|//");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(scripts())
        .doesNotContain(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "import(",
            "localStorage",
            "sessionStorage",
            "cookie =",
            "pushState",
            "replaceState",
            "http:",
            "https:");
    for (String name : PageFile.STYLES) {
      assertThat(text(page.handle(get('/' + name)))).doesNotContain("url(", "@import", "http:");
    }
  }

  @Test
  void every_module_is_preloaded_and_every_file_of_the_jar_is_served() throws Exception {
    String html = text(page.handle(get("/")));
    assertThat(found("from '\\./([a-z]+\\.js)'|import '\\./([a-z]+\\.js)'", scripts()))
        .hasSizeGreaterThan(10)
        .allSatisfy(name -> assertThat(html)
            .containsOnlyOnce("<link rel=\"modulepreload\" href=\"" + name + "\">"));
    Path folder =
        Path.of(TokenPage.class.getResource("page/index.html").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSizeGreaterThan(10)
          .filteredOn(
              name -> !List.of("index.html", "dialogs.html", PageTexts.ENGLISH).contains(name))
          .allSatisfy(name -> assertThat(page.handle(get('/' + name)).status()).isEqualTo(200));
    }
  }

  @Test
  void every_element_that_a_script_looks_up_is_in_the_page() {
    String html = text(page.handle(get("/")));
    assertThat(found("\\$\\('([a-z-]+)'\\)", scripts()))
        .hasSizeGreaterThan(20)
        .allSatisfy(id -> assertThat(html).containsOnlyOnce(" id=\"" + id + '"'));
  }

  private String scripts() {
    return PageFile.SCRIPTS.stream()
        .map(name -> text(page.handle(get('/' + name))))
        .collect(Collectors.joining("\n"));
  }

  /** Returns the distinct groups that a pattern finds. */
  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) ->
            found.group(1) != null || found.groupCount() < 2 ? found.group(1) : found.group(2))
        .distinct()
        .toList();
  }
}
