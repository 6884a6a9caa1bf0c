/** The same job done with other libraries, and by hand, each as its documentation has it. */
@NullMarked
package io.counterfoil.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
