package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path to which a request is dispatched, as the container reads it. The path is relative to the context.
 *
 * <p>Frameworks behind the filter may parse the request URI instead. If the two do not clearly agree, the path is
 * unknown.
 */
final class DispatchPath {
  private static final String UNKNOWN = "";

  private DispatchPath() {}

  /** Returns the path, or the empty string if it can be read in more than one way. */
  static String of(HttpServletRequest request) {
    try {
      return request.getDispatcherType() == DispatcherType.INCLUDE
          ? unambiguousPath( // the request's methods still describe the including page
              attribute(request, RequestDispatcher.INCLUDE_REQUEST_URI),
              attribute(request, RequestDispatcher.INCLUDE_CONTEXT_PATH),
              attribute(request, RequestDispatcher.INCLUDE_SERVLET_PATH),
              attribute(request, RequestDispatcher.INCLUDE_PATH_INFO))
          : unambiguousPath(
              request.getRequestURI(),
              request.getContextPath(),
              request.getServletPath(),
              request.getPathInfo());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return UNKNOWN; // invalid or ambiguous; Tomcat reports this with an IllegalStateException
    }
  }

  private static @Nullable String attribute(HttpServletRequest request, String name) {
    return request.getAttribute(name) instanceof String text ? text : null;
  }

  private static String unambiguousPath(
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

  /**
   * Decodes the path once. Parsers disagree about an encoded slash, so it makes the path unknown. A path parameter is
   * kept, so that the result differs from the container's path, which makes it unknown too.
   */
  private static String decoded(String uri, int start) {
    if (uri.contains("%2f") || uri.contains("%2F")) {
      return UNKNOWN;
    }
    String path = uri.substring(start);
    return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
