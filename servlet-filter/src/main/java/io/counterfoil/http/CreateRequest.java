package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.util.Set;

/**
 * The properties of a token to be created.
 *
 * @param token the token, without an owner: the owner comes from the caller, never from the body
 * @param scopes its scopes, to be compared with the caller's scopes
 * @param allowedAddresses its addresses, to be compared with the caller's addresses
 */
record CreateRequest(NewToken token, Set<String> scopes, Set<String> allowedAddresses) {}
