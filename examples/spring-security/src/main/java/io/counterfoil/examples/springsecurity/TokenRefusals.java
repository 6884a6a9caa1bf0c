package io.counterfoil.examples.springsecurity;

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

/** Answers whom the rules of Spring Security refuse as the bearer check does: 401 and 403, with its challenges. */
record TokenRefusals(BearerAuthenticator bearer)
    implements AuthenticationEntryPoint, AccessDeniedHandler {

  /** Who came without a token and needs one. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      throw new ServletException(failure); // from the application: the token is good
    }
    ApiServlet.send(bearer.unauthenticated(), request, response);
  }

  /** Whose token does not go that far. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
      throws IOException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      if (!response.isCommitted()) {
        response.reset(); // a page may have begun to write before it was told no
      }
      ApiServlet.send(bearer.insufficientScope(demanded(denial)), request, response);
    } else {
      response.sendError(403); // who came by another way than with a token
    }
  }

  /** What an expression of {@code @PreAuthorize} demands, Spring does not say. */
  private static String[] demanded(AccessDeniedException denial) {
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
