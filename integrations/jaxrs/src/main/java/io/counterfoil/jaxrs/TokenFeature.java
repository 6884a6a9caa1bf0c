package io.counterfoil.jaxrs;

import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the token of each request to a JAX-RS application. Register an instance with the application:
 *
 * {@snippet file="io/counterfoil/jaxrs/Example.java" region="register"}
 *
 * <p>Each resource method must say what a token needs, with {@link RequiresScope}, {@link AnyToken} or {@link WithoutToken} on the
 * method or its class. A method without one is refused with 403, and the logger {@code io.counterfoil.jaxrs} names it at level
 * DEBUG. This includes the {@code OPTIONS} that Jersey generates and the resources of other libraries, unless {@link
 * #anyTokenUnlessDeclared} is set.
 *
 * <p>In a request with an accepted token, the user principal is the token's {@linkplain io.counterfoil.Token#userName() user
 * name}, the authentication scheme is {@code Bearer}, or {@code BASIC} if it has Basic credentials, and the roles are exactly the token's scopes: the scope {@code *} is not a
 * role and stands for no other one. {@link #accepted} returns the proof. A request that is refused gets the response of the {@link
 * BearerAuthenticator}, which no exception mapper sees.
 *
 * <p>A token is checked with the priority {@link Priorities#AUTHENTICATION}, and its scopes with {@link Priorities#AUTHORIZATION}.
 * If the authenticator {@linkplain BearerAuthenticator.Builder#passWithoutBearer passes a request on} and a filter of the host
 * with a priority between them sets a user principal, the host's own rules count. A request that is passed on without a user gets
 * 401.
 *
 * <p>Both checks run after JAX-RS has found the resource method. So they judge the method that will run, whatever the path and the
 * method of the request were. But JAX-RS itself answers a request that matches no resource method, for example with 404 or
 * 405, without a check. It creates resource objects and calls sub-resource locators before the check, too. Immutable; safe for
 * use by many threads.
 */
public final class TokenFeature implements Feature {
  private final BearerAuthenticator bearer;
  private final boolean needsDeclaration;
  private final Function<ContainerRequestContext, Optional<InetAddress>> remoteAddress;

  private TokenFeature(
      BearerAuthenticator bearer,
      boolean needsDeclaration,
      Function<ContainerRequestContext, Optional<InetAddress>> remoteAddress) {
    this.bearer = Objects.requireNonNull(bearer, "bearer");
    this.needsDeclaration = needsDeclaration;
    this.remoteAddress = Objects.requireNonNull(remoteAddress, "remoteAddress");
  }

  /** Returns a feature that checks requests with this authenticator. */
  public static TokenFeature of(BearerAuthenticator bearer) {
    return new TokenFeature(bearer, true, request -> Optional.empty());
  }

  /**
   * Returns a copy that lets every accepted token use a resource method without an annotation. A forgotten annotation then opens a
   * method to every token.
   */
  public TokenFeature anyTokenUnlessDeclared() {
    return new TokenFeature(bearer, false, remoteAddress);
  }

  /**
   * Returns a copy that asks this function for the address at the other end of the socket, which JAX-RS does not know. By default
   * it is unknown: tokens that are bound to addresses are rejected, and {@link BearerAuthenticator.Builder#throttle} counts
   * nothing.
   */
  public TokenFeature remoteAddress(
      Function<ContainerRequestContext, Optional<InetAddress>> newRemoteAddress) {
    return new TokenFeature(bearer, needsDeclaration, newRemoteAddress);
  }

  /**
   * Returns the proof that the request of this security context came with a token; empty if it did not, or if a filter of the host
   * has replaced the principal.
   */
  public static Optional<Verdict.Accepted> accepted(SecurityContext context) {
    return context.getUserPrincipal() instanceof TokenPrincipal principal
        ? Optional.of(principal.accepted())
        : Optional.empty();
  }

  @Override
  public boolean configure(FeatureContext context) {
    Declarations declarations = new Declarations(bearer, needsDeclaration);
    context.register(
        new AuthenticationFilter(bearer, declarations, remoteAddress), Priorities.AUTHENTICATION);
    context.register(new ScopeFilter(bearer), Priorities.AUTHORIZATION);
    return true;
  }
}
