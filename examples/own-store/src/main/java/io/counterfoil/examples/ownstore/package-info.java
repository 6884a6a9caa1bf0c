/** An example of a custom token store: it implements the SPI with maps in a file. */
@NullMarked
package io.counterfoil.examples.ownstore;

import org.jspecify.annotations.NullMarked;
