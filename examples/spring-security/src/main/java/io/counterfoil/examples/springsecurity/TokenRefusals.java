package io.counterfoil.examples.springsecurity;

import io.counterfoil.Verdict;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers whom the rules of Spring Security refuse as the bearer check does: 401 and 403, with its challenges. */
record TokenRefusals(Supplier<BearerAuthenticator.Builder> bearer)
    implements AuthenticationEntryPoint, AccessDeniedHandler {

  /** Who came without a token and needs one. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      throw new ServletException(failure); // from the application: the token is good
    }
    send(bearer.get().build().check(List.of()), response);
  }

  /** Whose token does not go that far. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
      throws IOException {
    if (request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted) {
      send(insufficient(demandedScope(denial), accepted), response);
    } else {
      response.sendError(403); // who came by another way than with a token
    }
  }

  private Outcome insufficient(Optional<String> scope, Verdict.Accepted accepted) {
    return scope
        .map(demanded -> bearer.get().scope(demanded).build().check("", "", accepted))
        .filter(Refused.class::isInstance)
        .orElseGet(() -> bearer
            .get()
            .routes(RouteScopes.builder().build()) // by which nothing is allowed
            .build()
            .check("", "", accepted));
  }

  /** What an expression of {@code @PreAuthorize} demands, Spring does not say. */
  private static Optional<String> demandedScope(AccessDeniedException denial) {
    return denial instanceof AuthorizationDeniedException denied
            && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
            && decision.getAuthorities().size() == 1
        ? decision.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .filter(authority -> authority.startsWith("SCOPE_"))
            .map(authority -> authority.substring("SCOPE_".length()))
            .findFirst()
        : Optional.empty();
  }

  private static void send(Outcome outcome, HttpServletResponse response) throws IOException {
    ApiResponse answer = ((Refused) outcome).answer();
    response.reset(); // a page may have begun to write before it was told no
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.getOutputStream().write(answer.body());
  }
}
