package io.counterfoil.springboot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains which setting prevents the start. The text has the origin of the setting and the action to take. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {
  private final @Nullable Environment environment;

  /** @param environment the environment that has the origins of properties; {@code null} if Spring Boot passes none */
  InvalidSettingFailureAnalyzer(@Nullable Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
    String origin = cause.property().map(this::origin).orElse("");
    return new FailureAnalysis(cause.getMessage() + origin, cause.action(), cause);
  }

  private String origin(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(property);
    if (environment == null || name == null) {
      return "";
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      String origin = origin(found);
      if (!origin.isEmpty()) {
        return origin;
      }
    }
    return "";
  }

  /** Returns the last part of a description: the place at which a property is set; empty if it is not known. */
  static String origin(@Nullable ConfigurationProperty property) {
    return property == null || property.getOrigin() == null
        ? ""
        : "\n\nOrigin: " + property.getOrigin();
  }
}
