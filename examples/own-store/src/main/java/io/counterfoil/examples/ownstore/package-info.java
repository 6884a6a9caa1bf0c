/** A store on a technology of your own, here maps in a file: what it takes to implement the SPI. */
@NullMarked
package io.counterfoil.examples.ownstore;

import org.jspecify.annotations.NullMarked;
