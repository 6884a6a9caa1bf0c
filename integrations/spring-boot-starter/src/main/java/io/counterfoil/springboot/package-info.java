/**
 * Auto-configuration of Counterfoil for Spring Boot 3.5 and 4, with or without Spring Security.
 *
 * <p>An application adds the starter and sets properties that begin with {@code counterfoil.}. Each bean backs off if the
 * application defines its own. Nothing here accepts or returns {@code null}, except as Spring requires.
 */
@NullMarked
package io.counterfoil.springboot;

import org.jspecify.annotations.NullMarked;
