package io.counterfoil.examples.springboot;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers requests that the rules of Spring Security deny. It uses the 401 and 403 responses of the bearer check. */
record TokenErrorHandler(BearerAuthenticator bearer)
    implements AuthenticationEntryPoint, AccessDeniedHandler {

  /** Answers a request that needs a token and has none. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      throw new ServletException(failure); // the application threw it: the token is accepted
    }
    ApiServlet.send(bearer.unauthenticated(), request, response);
  }

  /** Answers a request whose token lacks a scope. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
      throws IOException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      if (!response.isCommitted()) {
        response.reset(); // the page may have written something before it was denied
      }
      ApiServlet.send(bearer.insufficientScope(requiredScopes(denial)), request, response);
    } else {
      response.sendError(403); // authenticated, but not by a token
    }
  }

  /**
   * Returns the scopes that a rule requires; none for {@code @PreAuthorize}, because Spring does not report what its expression
   * requires.
   */
  private static String[] requiredScopes(AccessDeniedException denial) {
    return denial instanceof AuthorizationDeniedException denied
            && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
        ? decision.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .filter(authority -> authority.startsWith("SCOPE_"))
            .map(authority -> authority.substring("SCOPE_".length()))
            .toArray(String[]::new)
        : new String[0];
  }
}
