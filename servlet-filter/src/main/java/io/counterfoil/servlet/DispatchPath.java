package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The path below the context to which a request is dispatched, as the container reads it.
 *
 * <p>Frameworks behind the filter may read what the client wrote instead. Where the two are not plainly the same, no path is
 * the right one.
 */
final class DispatchPath {
  private static final String UNKNOWN = "";

  private DispatchPath() {}

  /** Returns the path, or the empty text where it can be read in more than one way. */
  static String of(HttpServletRequest request) {
    try {
      return request.getDispatcherType() == DispatcherType.INCLUDE
          ? agreed( // the request itself goes on saying where it came from
              attribute(request, RequestDispatcher.INCLUDE_REQUEST_URI),
              attribute(request, RequestDispatcher.INCLUDE_CONTEXT_PATH),
              attribute(request, RequestDispatcher.INCLUDE_SERVLET_PATH),
              attribute(request, RequestDispatcher.INCLUDE_PATH_INFO))
          : agreed(
              request.getRequestURI(),
              request.getContextPath(),
              request.getServletPath(),
              request.getPathInfo());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return UNKNOWN; // a container or decoder finds it ambiguous; the latter is how Tomcat says so
    }
  }

  private static @Nullable String attribute(HttpServletRequest request, String name) {
    return request.getAttribute(name) instanceof String text ? text : null;
  }

  private static String agreed(
      @Nullable String uri,
      @Nullable String context,
      @Nullable String servlet,
      @Nullable String info) {
    if (uri == null || context == null || servlet == null) {
      return UNKNOWN;
    }
    String path = info == null ? servlet : servlet + info;
    return uri.startsWith(context) && decoded(uri, context.length()).equals(path) ? path : UNKNOWN;
  }

  /** A slash that was encoded is one to some and none to others. A path parameter stays in, and so agrees with no path. */
  private static String decoded(String uri, int start) {
    if (uri.contains("%2f") || uri.contains("%2F")) {
      return UNKNOWN;
    }
    String path = uri.substring(start);
    return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
