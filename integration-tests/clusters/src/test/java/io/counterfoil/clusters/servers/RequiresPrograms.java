package io.counterfoil.clusters.servers;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the JUnit tests and the jqwik properties of a class if a program is missing. With {@code -Dclusters.required=true} they fail
 * instead.
 */
@ExtendWith(RequiresPrograms.Condition.class)
@AddLifecycleHook(RequiresPrograms.Condition.class)
@Retention(RUNTIME)
@Target(TYPE)
public @interface RequiresPrograms {

  /** Returns the requirements of the class. */
  Requirement[] value();

  /** For JUnit, and for jqwik, which ignores conditions of JUnit. */
  final class Condition implements ExecutionCondition, SkipExecutionHook {
    private static final boolean REQUIRED = Boolean.getBoolean("clusters.required");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return skipReason(context.getTestClass())
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("everything is installed"));
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return skipReason(context.optionalContainerClass())
          .map(SkipResult::skip)
          .orElseGet(SkipResult::doNotSkip);
    }

    private static Optional<String> skipReason(Optional<Class<?>> test) {
      Optional<String> missing =
          test.map(type -> type.getAnnotation(RequiresPrograms.class)).stream()
              .flatMap(annotation -> Stream.of(annotation.value()))
              .flatMap(requirement -> requirement.missing().stream())
              .findFirst();
      if (REQUIRED && missing.isPresent()) {
        throw new AssertionError(missing.get());
      }
      return missing;
    }
  }
}
