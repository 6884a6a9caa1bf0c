package io.counterfoil.springboot;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Refuses to start without the filter that the properties ask for: its paths would be open to everybody. It may be missing because of
 * {@code counterfoil.enabled=false}, because its auto-configuration is excluded, or because code was generated ahead of time without
 * the property.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Lazy(false)
final class CounterfoilFilterCheckAutoConfiguration implements SmartInitializingSingleton {
  private final Environment environment;
  private final BeanFactory beans;

  CounterfoilFilterCheckAutoConfiguration(Environment environment, BeanFactory beans) {
    this.environment = environment;
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (FilteredPaths.areSet(environment)) {
      requireFilter();
    } else if (Enabled.in(environment) && FilteredPaths.areEmpty(environment)) {
      throw new InvalidSettingException(
          FilteredPaths.PATTERNS,
          "empty (expected: at least one pattern)",
          "Set a pattern. If no path needs a token, remove the property wherever it is set.");
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
