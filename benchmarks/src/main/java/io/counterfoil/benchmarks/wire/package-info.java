/** What a filter costs a whole server, asked over connections. */
@NullMarked
package io.counterfoil.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
