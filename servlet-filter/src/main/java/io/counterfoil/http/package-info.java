/**
 * The bearer check and the management API, for any HTTP framework.
 *
 * <p>A host turns its own request into an {@link io.counterfoil.http.ApiRequest}, and an {@link
 * io.counterfoil.http.ApiResponse} into its own response. {@link io.counterfoil.http.BearerAuthenticator} decides which
 * requests are let in. {@link io.counterfoil.http.TokenApi} lists, creates, enables, disables, rotates and deletes
 * tokens. {@link io.counterfoil.http.TokenPage} is a web page for these operations. This package uses no servlet class.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.http;

import org.jspecify.annotations.NullMarked;
