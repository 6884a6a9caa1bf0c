/** What a verdict costs, measured by JMH. */
@NullMarked
package io.counterfoil.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
