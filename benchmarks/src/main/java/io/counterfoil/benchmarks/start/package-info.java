/** How soon after its start a process can authenticate. */
@NullMarked
package io.counterfoil.benchmarks.start;

import org.jspecify.annotations.NullMarked;
