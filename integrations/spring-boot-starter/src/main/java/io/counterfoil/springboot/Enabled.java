package io.counterfoil.springboot;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code counterfoil.enabled} is false. The conditions of Spring Boot would take every value that is not exactly
 * {@code true} for false, and a misspelled value would leave the application without its filter.
 */
final class Enabled implements Condition {
  static final String PROPERTY = "counterfoil.enabled";

  static boolean in(Environment environment) {
    return bound(environment, PROPERTY, true);
  }

  /** Returns the value of a property, in each spelling that binds as true or false, such as {@code yes} or {@code off}. */
  static boolean bound(Environment environment, String property, boolean byDefault) {
    return Binder.get(environment).bind(property, Boolean.class).orElse(byDefault);
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return in(context.getEnvironment());
  }
}
