package io.counterfoil.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A method and the paths that go with it, as in {@code GET /servers/*}.
 *
 * @param method never {@code HEAD}, which is {@code GET} without the body of its answer
 * @param paths the paths
 */
record Route(String method, PathPattern paths) {
  private static final Pattern METHOD = Pattern.compile("[A-Z]+(?:-[A-Z]+)*+");
  private static final Pattern VARIABLE = Pattern.compile("(?<=/)\\{[A-Za-z0-9_-]++}(?=/|$)");

  /** Returns the route of a request, or empty if its path is ambiguous; no row has a method that is none. */
  static Optional<Route> asked(String method, String path) {
    return PathPattern.ofPath(path).map(paths -> new Route(rowMethod(method), paths));
  }

  /** Returns the route that a row is for, or empty if it is not written as a row must be. */
  static Optional<Route> ofRow(String text) {
    return parse(text).filter(route -> !text.startsWith("HEAD "));
  }

  /** Returns a route of a host, with its variables in braces or as {@code *}, or empty if it cannot be read. */
  static Optional<Route> ofHost(String text) {
    return parse(VARIABLE.matcher(text).replaceAll("*"));
  }

  private static Optional<Route> parse(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0 || !METHOD.matcher(text.substring(0, blank)).matches()) {
      return Optional.empty();
    }
    return PathPattern.parse(text.substring(blank + 1))
        .map(paths -> new Route(rowMethod(text.substring(0, blank)), paths));
  }

  private static String rowMethod(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }
}
