/** Real database servers for the tests, started by the build itself. */
@NullMarked
package io.counterfoil.testing.databases;

import org.jspecify.annotations.NullMarked;
