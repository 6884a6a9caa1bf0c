/** Code that the modules of this library share. It is not part of the API. */
@NullMarked
package io.counterfoil.internal;

import org.jspecify.annotations.NullMarked;
