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
    return Binder.get(environment).bind(PROPERTY, Boolean.class).orElse(true);
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return in(context.getEnvironment());
  }
}
