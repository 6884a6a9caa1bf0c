/**
 * Meters for Micrometer: {@link io.counterfoil.micrometer.CounterfoilMetrics}.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.micrometer;

import org.jspecify.annotations.NullMarked;
