/**
 * A cache in front of a token store: {@link io.counterfoil.cache.CachedTokenStore}.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.cache;

import org.jspecify.annotations.NullMarked;
