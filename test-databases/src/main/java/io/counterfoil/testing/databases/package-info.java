/** Database servers for the tests, started by the tests themselves. */
@NullMarked
package io.counterfoil.testing.databases;

import org.jspecify.annotations.NullMarked;
