/** A server whose API is guarded by tokens that live in a database: the whole library at work. */
@NullMarked
package io.counterfoil.examples.panel;

import org.jspecify.annotations.NullMarked;
