package io.counterfoil.springboot;

import io.counterfoil.http.RouteScopes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Refuses to start without the filter that the properties ask for: its paths would be open to everybody. It may be missing
 * because of {@code counterfoil.enabled=false}, because its auto-configuration is excluded, or because code was generated ahead
 * of time without the property. Says in the log what is probably forgotten.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Lazy(false)
final class CounterfoilFilterCheckAutoConfiguration implements SmartInitializingSingleton {
  private static final Logger LOG =
      LoggerFactory.getLogger(CounterfoilFilterCheckAutoConfiguration.class);

  private final Environment environment;
  private final ListableBeanFactory beans;

  CounterfoilFilterCheckAutoConfiguration(Environment environment, ListableBeanFactory beans) {
    this.environment = environment;
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    boolean isEnabled = Enabled.in(environment);
    boolean arePatternsSet = FilteredPaths.areSet(environment);
    if (arePatternsSet) {
      requireFilter();
    } else if (isEnabled && FilteredPaths.areEmpty(environment)) {
      throw new InvalidSettingException(
          FilteredPaths.PATTERNS,
          "empty (expected: at least one pattern)",
          "Set a pattern. If no path needs a token, remove the property wherever it is set.");
    }
    if (isEnabled) {
      warnIfTokensAreUnknown(arePatternsSet);
      beans.getBeanProvider(RouteScopes.class).ifAvailable(this::warnIfManagementIsUncovered);
    }
  }

  private void warnIfTokensAreUnknown(boolean arePatternsSet) {
    boolean hasSecurity = SecurityChains.arePossible();
    if (hasSecurity && !SecurityChains.haveTokens(beans)) {
      LOG.warn("No SecurityFilterChain uses counterfoil(): requests with API tokens are not"
          + " recognised");
    } else if (!hasSecurity && !arePatternsSet) {
      LOG.info("No path needs an API token, because counterfoil.filter.url-patterns is not set");
    }
  }

  private void warnIfManagementIsUncovered(RouteScopes routes) {
    String path = environment.getProperty(FilteredPaths.MANAGEMENT);
    if (path != null && !routes.uncovered(List.of("GET " + path)).isEmpty()) {
      LOG.warn(
          "The RouteScopes have no route for counterfoil.management.path: no token can use {}",
          path);
    }
  }

  private void requireFilter() {
    if (!Enabled.in(environment)) {
      throw new InvalidSettingException(
          Enabled.PROPERTY,
          "false would leave the paths of counterfoil.filter.url-patterns without a filter"
              + " (expected: no such patterns)",
          "Remove counterfoil.enabled=false. If these paths may be open to everybody, also set"
              + " counterfoil.filter.url-patterns to nothing.");
    }
    if (!beans.containsBean(CounterfoilServletAutoConfiguration.FILTER)) {
      throw new InvalidSettingException(
          FilteredPaths.PATTERNS,
          "there is no filter for these paths",
          "Do not exclude the auto-configuration of Counterfoil. If code was generated ahead of"
              + " time, set the property when it is generated, too.");
    }
  }
}
