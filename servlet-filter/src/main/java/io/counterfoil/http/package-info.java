/**
 * The bearer check and the management API, for any HTTP framework.
 *
 * <p>A host turns its own request into an {@link io.counterfoil.http.ApiRequest} and an {@link
 * io.counterfoil.http.ApiResponse} into its own response. {@link io.counterfoil.http.BearerAuthenticator} says who may
 * come in, {@link io.counterfoil.http.TokenApi} lists, creates, switches, rotates and deletes tokens, and {@link
 * io.counterfoil.http.TokenPage} lets people do so in a browser. Needs no servlet class.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.http;

import org.jspecify.annotations.NullMarked;
