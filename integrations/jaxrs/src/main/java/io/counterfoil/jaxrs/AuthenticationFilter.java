package io.counterfoil.jaxrs;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/** Checks the token of a request, unless its resource method needs none. */
final class AuthenticationFilter implements ContainerRequestFilter {
  private final BearerAuthenticator bearer;
  private final Declarations declarations;
  private final Function<ContainerRequestContext, Optional<InetAddress>> remoteAddress;

  /** A proxy, which knows the request of the thread. */
  @Context
  @SuppressWarnings("NullAway.Init")
  private ResourceInfo resource;

  AuthenticationFilter(
      BearerAuthenticator bearer,
      Declarations declarations,
      Function<ContainerRequestContext, Optional<InetAddress>> remoteAddress) {
    this.bearer = bearer;
    this.declarations = declarations;
    this.remoteAddress = remoteAddress;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Declaration declaration = declarations.of(resource, request.getUriInfo().getMatchedResources());
    if (declaration.kind() == Declaration.Kind.WITHOUT_TOKEN) {
      ScopeFilter.expect(request, declaration, Optional.empty());
      return;
    }
    Outcome outcome = bearer.check(new JaxRsRequest(request, remoteAddress));
    if (outcome instanceof Refused refused) {
      request.abortWith(JaxRsResponse.of(refused.answer()));
    } else if (outcome instanceof Granted granted) {
      request.setSecurityContext(new TokenSecurityContext(
          granted.accepted(), request.getSecurityContext().isSecure(), granted.hasBasic()));
      ScopeFilter.expect(request, declaration, Optional.of(granted.accepted()));
    } else {
      ScopeFilter.expect(request, declaration, Optional.empty());
    }
  }
}
