/** A server that uses the whole library: its API accepts only requests with a token. The tokens are in a database. */
@NullMarked
package io.counterfoil.examples.panel;

import org.jspecify.annotations.NullMarked;
