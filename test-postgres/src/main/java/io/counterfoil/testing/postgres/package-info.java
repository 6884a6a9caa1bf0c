/** A real PostgreSQL server for the tests, started by the build itself. */
@NullMarked
package io.counterfoil.testing.postgres;

import org.jspecify.annotations.NullMarked;
