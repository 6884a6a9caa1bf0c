package io.counterfoil.springboot.test;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.springboot.ApiTokenAuthentication;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Creates the security context of a test. Spring creates it for each test, without a context if the test has none. */
final class WithApiTokenSecurityContextFactory
    implements WithSecurityContextFactory<WithApiToken>, ApplicationContextAware {
  private @Nullable ApplicationContext application;

  @Override
  public void setApplicationContext(ApplicationContext context) {
    application = context;
  }

  @Override
  public SecurityContext createSecurityContext(WithApiToken annotation) {
    TestTokens tokens = application == null ? TestTokens.inMemory() : TestTokens.of(application);
    Set<String> scopes = new TreeSet<>(List.of(annotation.scopes()));
    TestToken properties = new TestToken(annotation.name(), annotation.owner(), scopes);
    if (tokens.token(properties).verdict() instanceof Verdict.Accepted accepted) {
      return new SecurityContextImpl(
          ApiTokenAuthentication.of(accepted, scopesOfUnrestricted(application)));
    }
    throw new IllegalStateException("owner: \"" + annotation.owner()
        + "\" (expected: an owner whose tokens the application accepts)");
  }

  /** The scopes that a filter chain adds cannot be known outside a request. */
  private static Set<String> scopesOfUnrestricted(@Nullable ApplicationContext context) {
    Set<String> scopes = new TreeSet<>();
    if (context != null) {
      context
          .getBeanProvider(RouteScopes.class)
          .ifAvailable(routes -> scopes.addAll(routes.scopes()));
      context
          .getBeanProvider(TokenManager.class)
          .ifAvailable(tokens -> scopes.addAll(tokens.knownScopes().scopes()));
    }
    return scopes;
  }
}
