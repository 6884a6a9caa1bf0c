/** Shared by the modules of this library; no part of the API. */
@NullMarked
package io.counterfoil.internal;

import org.jspecify.annotations.NullMarked;
