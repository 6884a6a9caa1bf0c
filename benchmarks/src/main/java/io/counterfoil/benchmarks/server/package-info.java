/** Load tests of a whole servlet container, with and without the bearer filter. */
@NullMarked
package io.counterfoil.benchmarks.server;

import org.jspecify.annotations.NullMarked;
