package io.counterfoil.testing;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Runs the JUnit tests and the jqwik properties of a store contract only with {@code -Pthorough}. */
@Thorough
@AddLifecycleHook(ThoroughContract.SkipProperties.class)
@Inherited
@Retention(RUNTIME)
@Target(TYPE)
public @interface ThoroughContract {

  /** jqwik ignores the annotation of JUnit. */
  final class SkipProperties implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Effort.times(1) < 10
          ? SkipResult.skip("takes a long time: ./mvnw -Pthorough verify runs it")
          : SkipResult.doNotSkip();
    }
  }
}
