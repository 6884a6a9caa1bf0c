package io.counterfoil.clusters.servers;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the JUnit tests and the jqwik properties of a class if a program is missing. */
@ExtendWith(RequiresPrograms.Condition.class)
@AddLifecycleHook(RequiresPrograms.SkipProperties.class)
@Inherited
@Retention(RUNTIME)
@Target(TYPE)
public @interface RequiresPrograms {

  /** Returns what must be installed. */
  Requirement[] value();

  /** For JUnit. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirements.skipReason(context.getTestClass())
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("everything is installed"));
    }
  }

  /** For jqwik, which ignores conditions of JUnit. */
  final class SkipProperties implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Requirements.skipReason(context.optionalContainerClass())
          .map(SkipResult::skip)
          .orElseGet(SkipResult::doNotSkip);
    }
  }
}
