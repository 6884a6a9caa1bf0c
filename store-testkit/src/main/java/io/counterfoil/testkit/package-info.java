/**
 * The definition of a token store: {@link io.counterfoil.testkit.TokenStoreContract}.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.testkit;

import org.jspecify.annotations.NullMarked;
