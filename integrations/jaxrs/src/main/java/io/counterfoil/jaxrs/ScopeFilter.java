package io.counterfoil.jaxrs;

import io.counterfoil.Token;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;

/** Compares the scopes of an accepted token with those that the resource method needs. */
final class ScopeFilter implements ContainerRequestFilter {
  private static final String EXPECTATION = ScopeFilter.class.getName() + ".expectation";

  private final BearerAuthenticator bearer;

  ScopeFilter(BearerAuthenticator bearer) {
    this.bearer = bearer;
  }

  private record Expectation(Declaration declaration, Optional<Verdict.Accepted> accepted) {}

  /** Says what to check in a request that was let in or passed on. */
  static void expect(
      ContainerRequestContext request,
      Declaration declaration,
      Optional<Verdict.Accepted> accepted) {
    request.setProperty(EXPECTATION, new Expectation(declaration, accepted));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    refusal(request).map(JaxRsResponse::of).ifPresent(request::abortWith);
  }

  private Optional<ApiResponse> refusal(ContainerRequestContext request) {
    if (!(request.getProperty(EXPECTATION) instanceof Expectation expected)) {
      return Optional.of(bearer.unauthenticated());
    }
    Declaration declaration = expected.declaration();
    if (declaration.kind() == Declaration.Kind.WITHOUT_TOKEN) {
      return Optional.empty();
    }
    if (expected.accepted().isEmpty()) {
      return request.getSecurityContext().getUserPrincipal() == null
          ? Optional.of(bearer.unauthenticated())
          : Optional.empty(); // a user of the host's own login, whose rights the host checks
    }
    return permits(declaration, expected.accepted().get().token())
        ? Optional.empty()
        : Optional.of(bearer.insufficientScope(declaration.scopes().toArray(String[]::new)));
  }

  private static boolean permits(Declaration declaration, Token token) {
    return switch (declaration.kind()) {
      case SCOPES -> declaration.scopes().stream().allMatch(token::permits);
      case ANY_TOKEN -> true;
      default -> false;
    };
  }
}
