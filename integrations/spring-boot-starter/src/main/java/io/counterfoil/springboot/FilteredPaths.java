package io.counterfoil.springboot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The URL patterns of the filter: those of its property, and the management API, which would otherwise see no tokens. As a
 * condition, it matches if there are any.
 */
final class FilteredPaths implements Condition {
  static final String PATTERNS = "counterfoil.filter.url-patterns";
  static final String MANAGEMENT = "counterfoil.management.path";

  /**
   * A servlet container compares all of a pattern except the last {@code /*} literally. So {@code /api/**}, {@code
   * /servers/{id}} and {@code /api/.+} are legal, but would guard nothing.
   */
  private static final Pattern PATTERN = Pattern.compile("/\\*|" + MountPath.SYNTAX + "(/\\*)?");

  static Set<String> of(CounterfoilProperties properties) {
    Set<String> patterns = new LinkedHashSet<>();
    properties.filter().urlPatterns().stream().map(FilteredPaths::checked).forEach(patterns::add);
    if (properties.management().path() != null) {
      patterns.add(MountPath.of(MANAGEMENT, properties.management().path()) + "/*");
    }
    return patterns;
  }

  private static String checked(String pattern) {
    if (!PATTERN.matcher(pattern).matches()) {
      throw new InvalidSettingException(
          PATTERNS,
          pattern + " (expected: /*, a path, or a path with /* at its end, such as /api/*)",
          "Correct the value. The patterns are those of the servlet specification.");
    }
    return pattern;
  }

  /** Returns whether the property has patterns. Spring's conditions on properties do not see lists. */
  static boolean areSet(Environment environment) {
    return !Binder.get(environment)
        .bind(PATTERNS, Bindable.listOf(String.class))
        .orElse(List.of())
        .isEmpty();
  }

  /** Returns whether the property has an empty value, for example because of a placeholder without a value. */
  static boolean areEmpty(Environment environment) {
    return Binder.get(environment).bind(PATTERNS, String.class).orElse("none").isBlank();
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return areSet(context.getEnvironment())
        || context.getEnvironment().containsProperty(MANAGEMENT);
  }
}
