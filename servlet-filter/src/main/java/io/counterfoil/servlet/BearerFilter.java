package io.counterfoil.servlet;

import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.http.RouteScopes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A filter that lets requests with a valid token through, and sends the {@link BearerAuthenticator}'s response to all
 * others.
 *
 * <p>A request that is let through because of its token has the proof as its attribute {@link #ACCEPTED}. Its user is
 * the token's {@linkplain io.counterfoil.Token#userName() user name}, and its roles are exactly the token's scopes and those
 * that they imply: a token without scopes has no role, and the scope {@code *} of an unrestricted token is not a role and
 * stands for no other one. Its authentication type is {@code BASIC} if it has Basic credentials, which browsers send by
 * themselves, and otherwise {@code Bearer}. If a request is refused, the application does not run, and the body is not read.
 * The filter never creates an HTTP session or a cookie.
 *
 * <p>The filter mapping selects the guarded paths, for example {@code /api/*}. Map the filter with async support and
 * <em>for all dispatcher types</em>: otherwise a forward from an unguarded page bypasses it. It guards every method. It
 * relies on the container to reject ambiguous paths. Containers do so by default; keep that setting.
 *
 * <p>The paths of {@link RouteScopes} are relative to the context. Each dispatch is checked with the path of its
 * target, as the container reads it. No route matches if the client wrote the path with {@code ;} or an encoded slash,
 * or if decoding it once does not give the container's path. The exception is the error page of a request that was let
 * in: it needs no route, so that the client gets the status of the error. Safe for use by many threads.
 */
public final class BearerFilter implements Filter {
  /** The request attribute that holds the {@link Verdict.Accepted} of a request that was let through. */
  public static final String ACCEPTED = "io.counterfoil.accepted";

  private static final String BEARER_AUTH = "Bearer";

  /** The request attribute that holds the URI of the error page that is being shown. */
  private static final String ERROR_PAGE = BearerFilter.class.getName() + ".errorPage";

  private final BearerAuthenticator authenticator;
  private final Optional<Filter> cors;

  /** Creates a filter that lets through the requests that the authenticator grants or passes. */
  public BearerFilter(BearerAuthenticator authenticator) {
    this(authenticator, Optional.empty());
  }

  /**
   * Creates a filter with the CORS filter of the host in front of the check. A browser sends no credential in a CORS preflight, so
   * the check alone would answer every preflight with 401.
   *
   * <p>The CORS filter sees every request first. So its headers are in refusals too, and scripts of allowed origins can read them. A
   * preflight never reaches a servlet: the CORS filter answers it or, if that passes it on, its response is 204 with the headers that
   * the CORS filter has set. A preflight is an {@code OPTIONS} request with exactly one {@code Origin}, exactly one {@code
   * Access-Control-Request-Method} and no credential (Fetch standard, section 4.8). Every other request that the CORS filter passes on
   * is checked. This filter initializes and destroys the CORS filter.
   *
   * @param cors a filter that allows an explicit list of origins, and the headers that have the credential
   */
  public BearerFilter(BearerAuthenticator authenticator, Filter cors) {
    this(authenticator, Optional.of(cors));
  }

  private BearerFilter(BearerAuthenticator authenticator, Optional<Filter> cors) {
    this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
    this.cors = cors;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (cors.isPresent()) {
      cors.get().init(config);
    }
  }

  @Override
  public void destroy() {
    cors.ifPresent(Filter::destroy);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("This filter supports only HTTP requests");
    }
    if (cors.isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
      check(httpRequest, httpResponse, chain);
    } else if (Preflight.is(httpRequest, authenticator.credentialHeaders())) {
      cors.get().doFilter(request, response, Preflight.END);
    } else {
      cors.get()
          .doFilter(
              request,
              response,
              (next, answer) ->
                  check((HttpServletRequest) next, (HttpServletResponse) answer, chain));
    }
  }

  private void check(
      HttpServletRequest httpRequest, HttpServletResponse httpResponse, FilterChain chain)
      throws IOException, ServletException {
    Outcome outcome = outcome(httpRequest);
    if (outcome instanceof Refused refused) {
      ResponseWriter.send(refused.answer(), httpRequest, httpResponse);
      return;
    }
    // Outside any try: exceptions of the application are not authentication failures.
    chain.doFilter(
        outcome instanceof Granted granted ? withToken(httpRequest, granted) : httpRequest,
        httpResponse);
  }

  private Outcome outcome(HttpServletRequest request) {
    Optional<CheckedRequest> earlier = CheckedRequest.of(request);
    if (earlier.isPresent() && earlier.get().isGrantedBy(this)) {
      Granted granted = earlier.get().granted().orElseThrow();
      return showsErrorPage(request)
          ? granted
          : authenticator.check(request.getMethod(), DispatchPath.of(request), granted);
    }
    Outcome outcome = authenticator.check(ServletApiRequest.dispatched(request));
    if (outcome instanceof Granted granted) {
      return kept(request, granted, earlier.isPresent() && earlier.get().hasBasic());
    }
    if (outcome instanceof PassedOn
        && (earlier.isEmpty() || earlier.get().granted().isEmpty())) {
      new CheckedRequest(this, request, Optional.empty()).keep();
    }
    return outcome;
  }

  /** @param hadBasic whether an earlier filter has seen Basic credentials, which may be hidden now */
  private Granted kept(HttpServletRequest request, Granted granted, boolean hadBasic) {
    Granted kept = hadBasic ? new Granted(granted.accepted(), true) : granted;
    new CheckedRequest(this, request, Optional.of(kept)).keep();
    return kept;
  }

  /** Returns the address of the client of a request that this filter has checked. */
  Optional<InetAddress> clientAddress(HttpServletRequest request) {
    return authenticator.clientAddress(ServletApiRequest.dispatched(request));
  }

  /**
   * Returns whether a request is dispatched to the error page of the application. Tomcat also reports this type for a
   * forward from the error page, but then the path is another one.
   */
  private static boolean showsErrorPage(HttpServletRequest request) {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      return false;
    }
    String uri = request.getRequestURI();
    if (request.getAttribute(ERROR_PAGE) == null) {
      request.setAttribute(ERROR_PAGE, uri);
    }
    return uri.equals(request.getAttribute(ERROR_PAGE));
  }

  private static HttpServletRequest withToken(HttpServletRequest request, Granted granted) {
    request.setAttribute(ACCEPTED, granted.accepted());
    return new TokenRequest(
        request,
        granted.accepted().token(),
        granted.hasBasic() ? HttpServletRequest.BASIC_AUTH : BEARER_AUTH);
  }
}
