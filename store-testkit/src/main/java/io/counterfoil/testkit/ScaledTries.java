package io.counterfoil.testkit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Multiplies the tries of each property by the effort. The annotation of a property cannot do that, because it can hold
 * only a constant.
 */
final class ScaledTries implements AroundPropertyHook {
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    context.attributes().tries().map(Effort::times).ifPresent(context.attributes()::setTries);
    return property.execute();
  }
}
