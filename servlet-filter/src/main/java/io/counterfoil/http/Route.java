package io.counterfoil.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A method and its paths, as in {@code GET /servers/*}.
 *
 * @param method the method, never {@code HEAD}: a {@code HEAD} request has the route of {@code GET}
 * @param paths the paths
 */
record Route(String method, PathPattern paths) {
  private static final Pattern METHOD = Pattern.compile("[A-Z]+(?:-[A-Z]+)*+");
  private static final Pattern VARIABLE = Pattern.compile("(?<=/)\\{[A-Za-z0-9_-]++}(?=/|$)");

  /** Returns the route of a request, or empty if its path is ambiguous. */
  static Optional<Route> ofRequest(String method, String path) {
    return PathPattern.ofPath(path).map(paths -> new Route(withoutHead(method), paths));
  }

  /**
   * Parses a route of a {@link RouteScopes} table; returns empty if the syntax is wrong or the method is {@code HEAD}.
   */
  static Optional<Route> ofTable(String text) {
    return parse(text).filter(route -> !text.startsWith("HEAD "));
  }

  /** Parses a route of a host, with variables in braces or as {@code *}; returns empty if the syntax is wrong. */
  static Optional<Route> ofHost(String text) {
    return parse(VARIABLE.matcher(text).replaceAll("*"));
  }

  private static Optional<Route> parse(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0 || !METHOD.matcher(text.substring(0, blank)).matches()) {
      return Optional.empty();
    }
    return PathPattern.parse(text.substring(blank + 1))
        .map(paths -> new Route(withoutHead(text.substring(0, blank)), paths));
  }

  private static String withoutHead(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }
}
