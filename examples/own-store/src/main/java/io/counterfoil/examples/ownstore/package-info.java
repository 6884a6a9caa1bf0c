/** An example of your own token store: it implements the SPI with maps in a file. */
@NullMarked
package io.counterfoil.examples.ownstore;

import org.jspecify.annotations.NullMarked;
