package io.counterfoil.springboot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Refuses to start without the filter that the properties ask for: its paths would be open to everybody. */
@AutoConfiguration
@Lazy(false)
final class CounterfoilDisabledAutoConfiguration {
  CounterfoilDisabledAutoConfiguration(Environment environment) {
    if (!Enabled.in(environment) && FilteredPaths.areSet(environment)) {
      throw new InvalidSettingException(
          "counterfoil.enabled",
          "false would leave the paths of counterfoil.filter.url-patterns without a filter"
              + " (expected: no such patterns)",
          "Remove counterfoil.enabled=false. If these paths may be open to everybody, also set"
              + " counterfoil.filter.url-patterns to nothing.");
    }
  }
}
