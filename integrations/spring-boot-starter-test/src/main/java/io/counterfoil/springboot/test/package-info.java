/**
 * Tokens in the tests of a Spring Boot application that uses the starter of Counterfoil: {@link
 * io.counterfoil.springboot.test.ApiTokenRequestPostProcessor#apiToken} for the requests of MockMvc, and {@link
 * io.counterfoil.springboot.test.WithApiToken} for whole tests.
 *
 * <p>Nothing here accepts or returns {@code null}, except as Spring requires.
 */
@NullMarked
package io.counterfoil.springboot.test;

import org.jspecify.annotations.NullMarked;
