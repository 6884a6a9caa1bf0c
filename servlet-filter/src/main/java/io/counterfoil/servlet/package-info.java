/**
 * The bearer check and the management API as a servlet filter and a servlet.
 *
 * <p>Nothing here accepts or returns {@code null}, except as the servlet API requires.
 */
@NullMarked
package io.counterfoil.servlet;

import org.jspecify.annotations.NullMarked;
