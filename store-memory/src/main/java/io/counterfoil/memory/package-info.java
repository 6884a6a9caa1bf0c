/**
 * Tokens in memory: {@link io.counterfoil.memory.InMemoryTokenStore}.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.memory;

import org.jspecify.annotations.NullMarked;
