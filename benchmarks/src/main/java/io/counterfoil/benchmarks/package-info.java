/** Benchmarks of authentication in memory and in databases, of large tables, and of start-up. */
@NullMarked
package io.counterfoil.benchmarks;

import org.jspecify.annotations.NullMarked;
