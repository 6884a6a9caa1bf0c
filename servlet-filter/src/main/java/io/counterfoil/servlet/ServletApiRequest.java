package io.counterfoil.servlet;

import io.counterfoil.AddressRange;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A servlet request as an {@link ApiRequest}. */
final class ServletApiRequest implements ApiRequest {
  /** No operation has this path. */
  private static final String UNKNOWN_PATH = "//";

  private final HttpServletRequest request;
  private final Function<HttpServletRequest, String> path;

  private final boolean isForHandler;

  private ServletApiRequest(
      HttpServletRequest request, Function<HttpServletRequest, String> path, boolean isForHandler) {
    this.request = request;
    this.path = path;
    this.isForHandler = isForHandler;
  }

  /** Returns a request whose path comes from {@link DispatchPath}. The path is computed only when it is needed. */
  static ServletApiRequest dispatched(HttpServletRequest request) {
    return new ServletApiRequest(request, DispatchPath::of, false);
  }

  /**
   * Returns a request whose path is the one by which the container chose the servlet. The raw path could be read
   * differently.
   */
  static ServletApiRequest belowServlet(HttpServletRequest request) {
    try {
      String path = request.getPathInfo();
      return new ServletApiRequest(request, same -> path == null ? "" : path, true);
    } catch (IllegalArgumentException e) { // the container considers the path ambiguous
      return new ServletApiRequest(request, same -> UNKNOWN_PATH, true);
    }
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return path.apply(request);
  }

  @Override
  public String query() {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  @Override
  public boolean isSecure() {
    return request.isSecure();
  }

  /** Without the zone of a link-local address. Empty if the socket is a Unix domain socket, which has no IP address. */
  @Override
  public Optional<InetAddress> remoteAddress() {
    String text = request.getRemoteAddr();
    return text == null ? Optional.empty() : address(text);
  }

  /** Accepts IPv6 addresses in brackets, as Jetty reports them. */
  static Optional<InetAddress> address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    int zone = bare.indexOf('%');
    return AddressRange.address(zone < 0 ? bare : bare.substring(0, zone));
  }

  /**
   * Names the scheme of Basic credentials even if a filter hides them, because the management API refuses them. Also if a filter
   * replaces them, but only for a handler: a second {@link BearerFilter} would count two credentials.
   */
  @Override
  public List<String> headers(String name) {
    Enumeration<String> values = request.getHeaders(name);
    // A container may return null to deny access to headers.
    List<String> visible = values == null ? List.of() : Collections.list(values);
    if (name.equalsIgnoreCase("Authorization")
        && (isForHandler || visible.isEmpty())
        && CheckedRequest.of(request).filter(CheckedRequest::hasBasic).isPresent()) {
      List<String> all = new ArrayList<>(visible);
      all.add("Basic");
      return all;
    }
    return visible;
  }

  @Override
  public InputStream body() throws IOException {
    return request.getInputStream();
  }

  /** The address that the {@link BearerFilter} has found; that of the socket if no filter has checked the request. */
  @Override
  public Optional<InetAddress> clientAddress() {
    Optional<CheckedRequest> checked = CheckedRequest.of(request);
    return checked.isPresent() ? checked.get().clientAddress() : remoteAddress();
  }

  /**
   * Empty if the request came with a token, because the container's user is then the token. An empty name is no user: a
   * proxy that sets the user may send an empty header before anybody has logged in.
   */
  @Override
  public Optional<String> user() {
    String user = request.getRemoteUser();
    return user == null || user.isEmpty() || accepted().isPresent()
        ? Optional.empty()
        : Optional.of(user);
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }
}
