package io.counterfoil.servlet;

import io.counterfoil.AddressRange;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A servlet request, as a handler sees it. */
final class ServletApiRequest implements ApiRequest {
  /** What no operation is at. */
  private static final String UNKNOWN_PATH = "//";

  private final HttpServletRequest request;
  private final Supplier<String> path;

  private ServletApiRequest(HttpServletRequest request, Supplier<String> path) {
    this.request = request;
    this.path = path;
  }

  /** Goes by the path of the dispatch, which is found out if it is asked for. */
  static ServletApiRequest dispatched(HttpServletRequest request) {
    return new ServletApiRequest(request, () -> DispatchPath.of(request));
  }

  /** Goes by the container's reading of the path, by which it chose the servlet; the raw one may say something else. */
  static ServletApiRequest belowServlet(HttpServletRequest request) {
    try {
      String path = request.getPathInfo();
      return new ServletApiRequest(request, () -> path == null ? "" : path);
    } catch (IllegalArgumentException e) { // from a container that finds it ambiguous
      return new ServletApiRequest(request, () -> UNKNOWN_PATH);
    }
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return path.get();
  }

  /** As the container says it, without the zone of a link-local one. There is none where the socket is a file. */
  @Override
  public Optional<InetAddress> remoteAddress() {
    String text = request.getRemoteAddr();
    return text == null ? Optional.empty() : address(text);
  }

  /** Jetty puts one of IPv6 into brackets. */
  static Optional<InetAddress> address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    int zone = bare.indexOf('%');
    return AddressRange.address(zone < 0 ? bare : bare.substring(0, zone));
  }

  @Override
  public List<String> headers(String name) {
    return BearerFilter.headerValues(request.getHeaders(name));
  }

  @Override
  public InputStream body() throws IOException {
    return request.getInputStream();
  }

  /** Of a request that came with a token, the container's user is the token. */
  @Override
  public Optional<String> user() {
    return accepted().isPresent() ? Optional.empty() : Optional.ofNullable(request.getRemoteUser());
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }
}
