package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.util.Set;

/**
 * What <em>create</em> is asked for.
 *
 * @param token the token, without owner: that comes from the caller, never from the body
 * @param scopes its scopes, to be compared with the caller's
 * @param allowedAddresses its addresses, to be compared with the caller's
 */
record CreateRequest(NewToken token, Set<String> scopes, Set<String> allowedAddresses) {}
