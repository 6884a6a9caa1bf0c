package io.counterfoil.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * Authenticates requests with a token, and answers requests whose token is not accepted.
 *
 * <p>This is a filter and not an {@code AuthenticationProvider}: a provider would leave reading the header to Spring, and
 * Spring answers every exception of a provider with 401. Here the library reads the header strictly and answers 400, 401,
 * 429 and 503 itself. The rest of the chain runs outside any {@code try}, so an exception of the application is never
 * mistaken for a rejected token.
 *
 * <p>Behind this filter, a request with an accepted token has no {@code Authorization} field and none of the other fields for
 * tokens: no other filter must check the token again.
 *
 * <p>Nothing saves the security context. A later dispatch of the request authenticates it again, by the proof that {@link
 * BearerFilter} has put into the request.
 */
final class TokenAuthenticationFilter implements Filter {
  /** {@code SessionManagementFilter} would take each request with a token for a login, and register a session for it. */
  private static final String SESSION_MANAGEMENT_APPLIED =
      "__spring_security_session_mgmt_filter_applied";

  private final BearerFilter bearer;
  private final Set<String> credentialHeaders;
  private final Set<String> scopesOfUnrestricted;
  private final SecurityContextHolderStrategy contexts;
  private final AuthenticationEvents events;

  TokenAuthenticationFilter(
      BearerAuthenticator bearer,
      Set<String> scopesOfUnrestricted,
      SecurityContextHolderStrategy contexts,
      AuthenticationEvents events) {
    this.bearer = new BearerFilter(bearer);
    this.credentialHeaders = bearer.credentialHeaders();
    this.scopesOfUnrestricted = Set.copyOf(scopesOfUnrestricted);
    this.contexts = contexts;
    this.events = events;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Object earlier = request.getAttribute(BearerFilter.ACCEPTED);
    ServletRequest checked = BearerRequests.restoreCredential(request);
    bearer.doFilter(
        checked, new Refusal(request, (HttpServletResponse) response), (admitted, refusal) -> {
          boolean isGranted = isWrapped(admitted, checked);
          admit((HttpServletRequest) admitted, isGranted, earlier);
          chain.doFilter(
              isGranted
                  ? BearerRequests.hideCredential((HttpServletRequest) admitted, credentialHeaders)
                  : request,
              response);
        });
  }

  @SuppressWarnings("ReferenceEquality") // a wrapper is another object, whatever its equals says
  private static boolean isWrapped(ServletRequest request, ServletRequest original) {
    return request != original;
  }

  /**
   * @param isGranted whether the filter has wrapped the request, which it does only for a token. The proof alone could be that of
   *     another chain, which has forwarded the request to this one
   * @param earlier the proof of an earlier dispatch of the request
   */
  private void admit(HttpServletRequest request, boolean isGranted, @Nullable Object earlier) {
    if (isGranted
        && request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted) {
      ApiTokenAuthentication authentication = authenticate(request, accepted);
      if (accepted != earlier) {
        events.accepted(authentication);
      }
    } else if (request.getDispatcherType() == DispatcherType.REQUEST
        && BearerRequests.isBearer(request)) {
      // The token of another system. If it is wrong, the session of a cookie must not count
      // instead.
      contexts.setContext(contexts.createEmptyContext());
    }
  }

  private ApiTokenAuthentication authenticate(
      HttpServletRequest request, Verdict.Accepted accepted) {
    var authentication = ApiTokenAuthentication.of(accepted, scopesOfUnrestricted);
    // Not from the request, which would read the session.
    authentication.setDetails(new WebAuthenticationDetails(request.getRemoteAddr(), null));
    // A new context, because the current one may be shared with another thread, or be saved in the
    // session. Spring Security clears it after the request.
    SecurityContext context = contexts.createEmptyContext();
    context.setAuthentication(authentication);
    contexts.setContext(context);
    if (!HttpServletRequest.BASIC_AUTH.equals(request.getAuthType())) {
      // A browser does not send such a token by itself, so another site cannot make it send one.
      CsrfFilter.skipRequest(request);
    }
    request.setAttribute(SESSION_MANAGEMENT_APPLIED, true);
    return authentication;
  }

  /**
   * The response if the request is refused. Publishes the failure when the answer begins, so that no client has the answer before
   * the listeners know.
   */
  private final class Refusal extends HttpServletResponseWrapper {
    private final ServletRequest request;

    Refusal(ServletRequest request, HttpServletResponse response) {
      super(response);
      this.request = request;
    }

    @Override
    public void setStatus(int status) {
      events.refused(request, status);
      super.setStatus(status);
    }
  }
}
