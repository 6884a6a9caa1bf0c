package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.Customizer;

/** The settings of the bearer check of one filter chain. */
final class ChainCheck {
  /** The bean of the starter, which refuses requests without a token. A chain has other filters for them. */
  private static final String BEAN_OF_THE_STARTER = "counterfoilBearerAuthenticator";

  private final Set<String> scopes = new LinkedHashSet<>();
  private final List<Customizer<BearerAuthenticator.Builder>> customizers = new ArrayList<>();
  private Optional<RouteScopes> routes = Optional.empty();

  void routes(RouteScopes newRoutes) {
    routes = Optional.of(newRoutes);
  }

  void scopes(String... more) {
    scopes.addAll(List.of(more));
  }

  void customize(Customizer<BearerAuthenticator.Builder> customizer) {
    customizers.add(customizer);
  }

  /** Returns the check of the application if it has one, or else builds one from the properties and these settings. */
  BearerAuthenticator build(ApplicationContext context) {
    boolean hasOwn = Stream.of(context.getBeanNamesForType(BearerAuthenticator.class))
        .anyMatch(name -> !name.equals(BEAN_OF_THE_STARTER));
    if (!hasOwn) {
      BearerAuthenticator.Builder builder = builder(context).passWithoutBearer();
      routes.ifPresent(builder::routes);
      customizers.forEach(customizer -> customizer.customize(builder));
      return builder.build();
    }
    if (routes.isPresent() || !customizers.isEmpty()) {
      throw new InvalidSettingException(
          "",
          "counterfoil() has routes(…) or bearer(…), but the application has a bean of type"
              + " BearerAuthenticator, which is used as it is (expected: one of them)",
          "Move these settings to that bean, or remove the bean.");
    }
    return context.getBean(BearerAuthenticator.class);
  }

  private static BearerAuthenticator.Builder builder(ApplicationContext context) {
    requirePrototypes(context);
    var builder = context.getBeanProvider(BearerAuthenticator.Builder.class).getIfAvailable();
    if (builder != null) {
      return builder;
    }
    TokenManager tokens = context.getBeanProvider(TokenManager.class).getIfAvailable();
    if (tokens == null) {
      throw new InvalidSettingException(
          "",
          "A filter chain uses counterfoil(), and there is no bean of type TokenManager.",
          "Remove counterfoil.enabled=false, define a bean of type TokenManager, or remove"
              + " http.with(counterfoil(), …) from the chain.");
    }
    return BearerAuthenticator.builder(tokens);
  }

  /** If the chains shared a builder, the changes of one chain would also weaken the checks of those that are built later. */
  private static void requirePrototypes(ApplicationContext context) {
    for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
        context, BearerAuthenticator.Builder.class)) {
      if (!context.isPrototype(name)) {
        throw new InvalidSettingException(
            "",
            "The bean " + name
                + " of type BearerAuthenticator.Builder would be shared by all filter"
                + " chains (expected: a bean with @Scope(\"prototype\")).",
            "Add @Scope(\"prototype\") to the bean.");
      }
    }
  }

  /** Returns the scopes that an unrestricted token receives: those of {@link #scopes}, the known ones, and those of the routes. */
  Set<String> scopesOfUnrestricted(ApplicationContext context) {
    Set<String> all = new LinkedHashSet<>(scopes);
    context
        .getBeanProvider(TokenManager.class)
        .ifAvailable(tokens -> all.addAll(tokens.knownScopes().scopes()));
    routes
        .or(() -> Optional.ofNullable(context.getBeanProvider(RouteScopes.class).getIfAvailable()))
        .ifPresent(table -> all.addAll(table.scopes()));
    return all;
  }
}
