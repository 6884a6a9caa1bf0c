/**
 * API tokens for JAX-RS (Jakarta REST): a {@link io.counterfoil.jaxrs.TokenFeature} that checks the token of each request, and
 * annotations that say what a token needs.
 */
@NullMarked
package io.counterfoil.jaxrs;

import org.jspecify.annotations.NullMarked;
