package io.counterfoil.springboot;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

/**
 * Explains a value that does not have the type of its property, and a property that does not exist. Unlike the analyzers of
 * Spring Boot, which come after this one, it never shows a value, because the value may be a key at the wrong place.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("counterfoil");

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    if (!ROOT.equals(cause.getName()) && !ROOT.isAncestorOf(cause.getName())) {
      return null;
    }
    return cause.getCause() instanceof UnboundConfigurationPropertiesException unknown
        ? unknown(unknown.getUnboundProperties())
        : wrongType(cause);
  }

  private static FailureAnalysis unknown(Set<ConfigurationProperty> unknown) {
    String description = unknown.stream()
        .map(each -> each.getName() + ": there is no such property"
            + InvalidSettingFailureAnalyzer.origin(each))
        .collect(Collectors.joining("\n\n"));
    return analysis(description, "Correct the name, or remove the property.");
  }

  /** The original exception quotes the value, and Spring Boot would log it at debug level. */
  private static FailureAnalysis analysis(String description, String action) {
    return new FailureAnalysis(
        description, action, new InvalidSettingException("", description, action));
  }

  private static FailureAnalysis wrongType(BindException cause) {
    ConfigurationProperty property = cause.getProperty();
    return analysis(
        cause.getName() + ": a value of the wrong type (expected: " + expected(type(cause)) + ')'
            + InvalidSettingFailureAnalyzer.origin(property),
        InvalidSettingException.CORRECT);
  }

  private static Class<?> type(BindException cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof ConversionFailedException conversion) {
        return conversion.getTargetType().getType();
      }
    }
    return cause.getTarget().getType().resolve(Object.class);
  }

  private static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 30s, 5m, 12h or 90d";
    } else if (type == Instant.class) {
      return "an instant such as 2030-01-31T00:00:00Z";
    } else if (type == Integer.class) {
      return "a whole number";
    } else if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(" or "));
    }
    return List.class.isAssignableFrom(type)
        ? "a list, whose entries have the names [0], [1] and so on"
        : "properties below this name";
  }
}
