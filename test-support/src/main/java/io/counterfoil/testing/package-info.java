/** Classes that the tests of several modules share. */
package io.counterfoil.testing;
