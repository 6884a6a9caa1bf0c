/**
 * API tokens: opaque bearer credentials for bots, CI jobs, command-line tools and other servers.
 *
 * <p>{@link io.counterfoil.TokenManager} is the entry point. A host creates tokens with it, and asks it for a {@link
 * io.counterfoil.Verdict} on the plaintext that a caller presents. The manager keeps tokens in a {@link
 * io.counterfoil.TokenStore}, which never sees a plaintext.
 *
 * <p>Nothing here accepts or returns {@code null}, except that {@link io.counterfoil.TokenManager#authenticate(String)}
 * rejects it.
 */
@NullMarked
package io.counterfoil;

import org.jspecify.annotations.NullMarked;
