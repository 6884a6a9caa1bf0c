package io.counterfoil.springboot;

import io.counterfoil.TokenManager;

/**
 * Changes settings of the {@link TokenManager} that no property has, such as the check for active owners. Every bean of this
 * type is called, in the order of {@code @Order}, after the properties were applied.
 */
@FunctionalInterface
public interface TokenManagerCustomizer {

  /** Changes the builder. Called once, before the manager is built. */
  void customize(TokenManager.Builder builder);
}
