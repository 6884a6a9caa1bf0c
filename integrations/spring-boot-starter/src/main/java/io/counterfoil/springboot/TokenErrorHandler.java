package io.counterfoil.springboot;

import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.ApiServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Answers requests that the rules of Spring Security deny. It uses the 401 and 403 responses of the bearer check. If the configurer
 * has been disabled, there is no such check, and Spring Security's own default responses are used.
 */
final class TokenErrorHandler implements AuthenticationEntryPoint, AccessDeniedHandler {
  private static final List<String> KEPT = List.of("Access-Control-", "Vary");

  private final AccessDeniedHandler withoutToken = new AccessDeniedHandlerImpl();
  private final AuthenticationEntryPoint withoutLogin = new Http403ForbiddenEntryPoint();
  private @Nullable BearerAuthenticator bearer;
  private boolean isOnlyLogin;

  /**
   * Completes this handler, before the first request.
   *
   * @param newIsOnlyLogin whether the chain has no other login
   */
  void complete(BearerAuthenticator newBearer, boolean newIsOnlyLogin) {
    bearer = newBearer;
    isOnlyLogin = newIsOnlyLogin;
  }

  /**
   * Returns whether this handler comes before those of other logins. It also answers each request that none of them claims, because
   * the configurer adds it first.
   */
  boolean comesFirst(HttpServletRequest request) {
    return bearer != null && (isOnlyLogin || BearerRequests.isBearer(request));
  }

  /** Answers a request that needs a token and has none. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    if (bearer == null) {
      withoutLogin.commence(request, response, failure);
      return;
    }
    if (BearerRequests.isAccepted(request)) {
      throw new ServletException(failure); // the application threw it: the token is accepted
    }
    ApiServlet.send(bearer.unauthenticated(), request, response);
  }

  /** Answers a request whose token lacks a scope. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
      throws IOException, ServletException {
    if (bearer == null) {
      withoutToken.handle(request, response, denial);
    } else if (BearerRequests.isAccepted(request) && !(denial instanceof CsrfException)) {
      ApiResponse lacksScope = bearer.insufficientScope(requiredScopes(denial));
      if (!response.isCommitted()) {
        reset(response);
      }
      ApiServlet.send(lacksScope, request, response);
    } else if (isOnlyLogin
        && denial instanceof CsrfException
        && !BearerRequests.isAccepted(request)) {
      // Without another login there are no CSRF tokens: the request needs a token of ours instead.
      ApiServlet.send(bearer.unauthenticated(), request, response);
    } else {
      withoutToken.handle(request, response, denial);
    }
  }

  /** Removes what the page may have written before it was denied, but not what a CORS filter has set for scripts to read. */
  private static void reset(HttpServletResponse response) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String name : response.getHeaderNames()) {
      if (KEPT.stream().anyMatch(start -> name.regionMatches(true, 0, start, 0, start.length()))) {
        kept.put(name, List.copyOf(response.getHeaders(name)));
      }
    }
    response.reset();
    kept.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
  }

  BearerAuthenticator bearer() {
    return Objects.requireNonNull(bearer, "bearer");
  }

  /**
   * Returns the scopes that a rule requires; none for {@code @PreAuthorize}, because Spring does not report what its expression
   * requires.
   */
  private static String[] requiredScopes(AccessDeniedException denial) {
    String prefix = ApiTokenAuthentication.AUTHORITY_PREFIX;
    return denial instanceof AuthorizationDeniedException denied
            && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
        ? decision.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .filter(authority -> authority.startsWith(prefix))
            .map(authority -> authority.substring(prefix.length()))
            .toArray(String[]::new)
        : new String[0];
  }
}
