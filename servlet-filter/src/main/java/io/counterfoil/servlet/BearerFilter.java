package io.counterfoil.servlet;

import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.http.RouteScopes;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests with a valid token through, and answers all others as the {@link BearerAuthenticator} says.
 *
 * <p>A request that is let through has the proof as its attribute {@link #ACCEPTED}; its user is the token's name, its
 * authentication type {@code Bearer}, and its roles are the token's scopes (an unrestricted token has every role). The rest
 * of the application does not run for a request that is refused, and its body is not read. No HTTP session and no cookie is
 * ever made.
 *
 * <p>Which paths are guarded is for the container to say: map the filter to a pattern such as {@code /api/*}, <em>for all
 * dispatcher types</em>, or a forward from an open page walks around it, and with async support. It guards every method. To
 * refuse ambiguous paths is left to the container, whose default to do so should stand.
 *
 * <p>If the authenticator goes by {@link RouteScopes}, their paths are those below the context, at each dispatch that of
 * its target, as the container reads them; one that the client has written with {@code ;} or an encoded slash, or in any
 * other way than once encoded, is covered by no row. Safe for use by many threads.
 */
public final class BearerFilter implements Filter {
  /** The request attribute that holds the {@link Verdict.Accepted} of a request that was let through. */
  public static final String ACCEPTED = "io.counterfoil.accepted";

  private static final String GRANT = BearerFilter.class.getName() + ".grant";

  private final BearerAuthenticator authenticator;

  /** Makes a filter that lets through what the authenticator grants or passes. */
  public BearerFilter(BearerAuthenticator authenticator) {
    this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("only HTTP requests can be let through");
    }
    Outcome outcome = outcome(httpRequest);
    if (outcome instanceof Refused refused) {
      ResponseWriter.send(refused.answer(), httpRequest, httpResponse);
      return;
    }
    // Outside any try: what the application throws is no matter of authentication.
    chain.doFilter(
        outcome instanceof Granted granted ? admitted(httpRequest, granted) : request, response);
  }

  private Outcome outcome(HttpServletRequest request) {
    return request.getAttribute(GRANT) instanceof Grant grant && grant.by == this
        ? authenticator.check(request.getMethod(), DispatchPath.of(request), grant.accepted)
        : authenticator.check(ServletApiRequest.dispatched(request));
  }

  private HttpServletRequest admitted(HttpServletRequest request, Granted granted) {
    request.setAttribute(GRANT, new Grant(this, granted.accepted()));
    request.setAttribute(ACCEPTED, granted.accepted());
    return new TokenRequest(request, granted.accepted().token());
  }

  /** A container may give null where it does not give access to headers. There is seldom more than one. */
  static List<String> headerValues(@Nullable Enumeration<String> values) {
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(Collections.list(values));
    return all;
  }

  /**
   * Remembers on the request that its token was accepted, for later dispatches; what the token may do is asked at each of
   * them. Only the filter that accepted it goes by it: another one may know other tokens, or demand a scope.
   */
  private record Grant(BearerFilter by, Verdict.Accepted accepted) {}
}
