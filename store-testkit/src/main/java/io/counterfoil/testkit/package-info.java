/**
 * Tests for token stores: {@link io.counterfoil.testkit.TokenStoreContract} defines what every store must do.
 *
 * <p>No method accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.testkit;

import org.jspecify.annotations.NullMarked;
