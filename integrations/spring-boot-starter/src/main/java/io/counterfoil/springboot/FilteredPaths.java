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
  private static final String PATTERNS = "counterfoil.filter.url-patterns";
  private static final String MANAGEMENT = "counterfoil.management.path";

  /** {@code /api/**} is legal in a servlet container, where it matches only itself: it would guard nothing. */
  private static final Pattern PATTERN = Pattern.compile("/\\*|(/[^/*?;%\\s]+)+(/\\*)?");

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

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return areSet(context.getEnvironment())
        || context.getEnvironment().containsProperty(MANAGEMENT);
  }
}
