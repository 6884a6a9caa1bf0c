package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests match routes, and which routes are valid. */
class RouteScopesTest {
  private static final RouteScopes TABLE = RouteScopes.builder()
      .scope("all", "GET /**", "POST /a/**")
      .scope("servers", "GET /servers", "GET /servers/*")
      .scope("logs", "GET /servers/*/logs/**")
      .scope("own", "GET /servers/me", "PROPFIND /servers/me")
      .scope("slash", "GET /slash/", "GET /slash/*/")
      .anyToken("GET /version", "OPTIONS /servers")
      .build();

  private static RequiredScopes requiring(String scope) {
    return scope.isEmpty() ? RequiredScopes.ANY_TOKEN : RequiredScopes.of(List.of(scope), true);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, all",
    "GET, /a, all",
    "GET, /a/b/c, all",
    "POST, /a, all",
    "POST, /a/b, all",
    "GET, /servers, servers",
    "GET, /servers/7, servers",
    "GET, /servers/**, servers",
    "GET, /servers/{id}, servers",
    "GET, /servers/7/x, all",
    "GET, /servers/7/logs, logs",
    "GET, /servers/me/logs, logs",
    "GET, /servers/7/logs/1/2, logs",
    "GET, /servers/me, own",
    "PROPFIND, /servers/me, own",
    "GET, /servers/me2, servers",
    "GET, /slash/, slash",
    "GET, /slash/x/, slash",
    "GET, /slash, all",
    "GET, /slash/x, all",
    "GET, /version, ''",
    "OPTIONS, /servers, ''",
    "GET, '/a b/ä.json', all"
  })
  void the_narrowest_matching_route_determines_the_scope(String method, String path, String scope) {
    assertThat(TABLE.required(method, path)).contains(requiring(scope));
  }

  @ParameterizedTest // D2, D5
  @ValueSource(
      strings = {
        "POST /",
        "POST /servers",
        "POST /version",
        "DELETE /servers/me",
        "OPTIONS /version",
        "OPTIONS /servers/7",
        "TRACE /a",
        "CONNECT /a",
        "PUT /a",
        "get /a",
        "Get /a",
        " /a",
        "BREW /a",
        "POST /ab",
        "PROPFIND /servers",
        "GET* /a",
        "* /a",
        "GET\u0000 /a"
      })
  void a_request_that_matches_no_route_is_not_covered(String request) {
    int blank = request.indexOf(' ');
    assertThat(TABLE.required(request.substring(0, blank), request.substring(blank + 1)))
        .isEmpty();
  }

  @Test // E4
  void a_head_request_uses_the_route_of_get() {
    assertThat(TABLE.required("HEAD", "/servers/7")).contains(requiring("servers"));
    assertThat(TABLE.required("HEAD", "/version")).contains(requiring(""));
    assertThat(RouteScopes.builder().anyToken("POST /a").build().required("HEAD", "/a"))
        .isEmpty();
  }

  // D1, D2, D3: Shiro CVE-2020-1957, -11989, -13933, -17523, Spring CVE-2022-22978
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "//",
        "//a",
        "/a//",
        "/a//b",
        "/.",
        "/./a",
        "/a/.",
        "/a/./b",
        "/..",
        "/a/..",
        "/a/../b",
        "/a/..;/b",
        "/a;x",
        "/a;jsessionid=1",
        "/;/a",
        "/a%2fb",
        "/a%2Fb",
        "/%2e%2e/a",
        "/a%5cb",
        "/a%00",
        "/a%",
        "/a\\b",
        "/a\\..\\b",
        "/a\u0000",
        "/a\tb",
        "/a\rb",
        "/a\n",
        "/a\u007f",
        "/a\u0085b",
        "/a?b",
        "/a#b",
        "/a\ufffd\ufffdb", // the decoded form of %C0%AF, an overlong slash
        "/servers/*",
        "http://localhost/a"
      })
  void an_ambiguous_path_is_not_covered(String path) {
    assertThat(TABLE.required("GET", path)).isEmpty();
    assertThat(TABLE.required("POST", path)).isEmpty();
  }

  @ParameterizedTest // D2: a router that ignores a trailing slash would match narrower routes
  @ValueSource(strings = {"/a/", "/a/b/", "/servers/", "/servers/me/", "/version/", "/slash/x/y/"})
  void a_trailing_slash_matches_only_a_route_that_has_one(String path) {
    assertThat(TABLE.required("GET", path)).isEmpty();
  }

  @ParameterizedTest // D2: Shiro CVE-2026-23903
  @ValueSource(
      strings = {
        "/Servers",
        "/SERVERS/7",
        "/servers/ME",
        "/servers/7/Logs",
        "/Version",
        "/\u017fervers", // a long s, whose upper-case letter is S
        "/slaSh/x/"
      })
  void a_path_in_another_case_does_not_match_a_wider_route(String path) {
    assertThat(TABLE.required("GET", path)).isEmpty();
  }

  @Test
  void a_subtree_neither_contains_nor_overlaps_a_path_with_a_trailing_slash() {
    PathPattern subtree = PathPattern.parse("/a/**").orElseThrow();
    PathPattern slash = PathPattern.parse("/a/b/").orElseThrow();
    assertThat(subtree.contains(slash, PathPattern.EXACT_CASE)).isFalse();
    assertThat(subtree.overlaps(slash, PathPattern.EXACT_CASE)).isFalse();
    assertThat(slash.overlaps(subtree, PathPattern.EXACT_CASE)).isFalse();
  }

  @Test
  void without_routes_nothing_is_covered() {
    assertThat(RouteScopes.builder().build().required("GET", "/")).isEmpty();
  }

  @Test
  void the_scopes_are_those_of_the_routes_except_the_one_of_unrestricted_tokens() {
    RouteScopes table = RouteScopes.builder()
        .scope("b", "GET /b", "POST /b")
        .scope("a", "GET /a")
        .scope("*", "GET /c")
        .anyToken("GET /d")
        .build();
    assertThat(table.scopes()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void the_order_of_routes_makes_no_difference() {
    RouteScopes turned =
        RouteScopes.builder().scope("b", "GET /a/b").scope("c", "GET /**").build();
    assertThat(turned.required("GET", "/a/b")).contains(requiring("b"));
    assertThat(turned.required("GET", "/a/c")).contains(requiring("c"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a",
    "/*, /*",
    "/**, /**",
    "/a/**, /a/**",
    "/, /",
    "/a/, /a/",
  })
  void a_duplicate_route_is_refused(String first, String second) {
    RouteScopes.Builder builder = RouteScopes.builder().anyToken("GET " + first);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.scope("x", "GET " + second))
        .withMessage("route: GET " + second + " (expected: once)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RouteScopes.builder().anyToken("GET /b", "PUT " + first, "PUT " + second));
    RouteScopes.builder().scope("x", "GET " + first).scope("y", "POST " + second);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/*, /*/b",
    "/a/**, /*/b",
    "/a/**, /*",
    "/*/c, /A/*",
    "/*/b/**, /a/*",
    "/a/*/c, /*/b/**",
    "/a/*/, /*/b/",
    "/a, /A",
    "/a/**, /A/b",
    "/\u017f/*, /S/x",
  })
  void overlapping_routes_are_refused_unless_one_is_narrower(String first, String second) {
    for (String[] pair : new String[][] {{first, second}, {second, first}}) {
      RouteScopes.Builder builder = RouteScopes.builder().anyToken("GET " + pair[0]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.anyToken("GET " + pair[1]))
          .withMessage("route: GET " + pair[1] + " (expected: narrower or wider than GET " + pair[0]
              + ", or without overlap)");
    }
  }

  @Test
  void disjoint_and_nested_routes_are_accepted() {
    RouteScopes table = RouteScopes.builder()
        .anyToken("GET /a/*/c", "GET /*/b/d", "GET /a/*/", "GET /*/b", "GET /a/x/y/**", "GET /*/**")
        .build();
    assertThat(table.uncovered(List.of("GET /a/{id}/c", "GET /q/r/s"))).isEmpty();
  }

  @ParameterizedTest // D7
  @ValueSource(
      strings = {
        "",
        "GET",
        "GET ",
        "/a",
        " /a",
        "GET a",
        "GET  /a",
        "get /a",
        "Get /a",
        "G3T /a",
        "-GET /a",
        "GET- /a",
        "* /a",
        "HEAD /a",
        "GET,POST /a",
        "GET\t/a",
        "GET /a ;x",
        "GET /a?b",
        "GET /a#b",
        "GET /a%20b",
        "GET /a\\b",
        "GET /a\n",
        "GET //a",
        "GET //",
        "GET //**",
        "GET /a//**",
        "GET /./a",
        "GET /a/..",
        "GET /a*",
        "GET /*a",
        "GET /**/a",
        "GET /a/**/",
        "GET /a**",
        "GET /***",
        "GET /*/**/**",
        "GET /{id}",
        "GET /a/{id}.json",
        "GET /a}"
      })
  void the_builder_refuses_a_malformed_route(String route) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteScopes.builder().anyToken(route))
        .withMessage("route: " + route
            + " (expected: a method in upper case, but not HEAD; one blank; a path that begins with a"
            + " slash, in which a segment may be * and which may end with /**)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteScopes.builder().scope("x", "GET /ok", route));
  }

  @ParameterizedTest // C3
  @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "a\r\nX: y", "\u007f", "\u00e4"})
  void the_builder_refuses_a_scope_that_is_no_scope_token(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteScopes.builder().scope(scope, "GET /a"))
        .withMessage(
            "scope (expected: printable ASCII without blank, quotation mark and backslash)");
  }

  @Test
  void the_scopes_of_a_table_are_those_of_all_its_routes() {
    RouteScopes table = RouteScopes.builder()
        .anyScope(List.of("a", "b"), "GET /a", "GET /b")
        .allScopes(Set.of("c", "*"), "GET /c")
        .scope("d", "GET /d")
        .anyToken("GET /e")
        .build();
    assertThat(table.scopes()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(table.required("GET", "/b")).contains(RequiredScopes.of(List.of("a", "b"), false));
  }

  @Test
  void several_scopes_are_at_least_one_and_each_is_a_scope() {
    for (List<String> wrong : List.of(List.<String>of(), List.of("a", ""), List.of("a b"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RouteScopes.builder().anyScope(wrong, "GET /a"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RouteScopes.builder().allScopes(wrong, "GET /a"))
          .withMessageContaining("(expected: ");
    }
  }
}
