package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.util.Set;

/**
 * What <em>create</em> is asked for.
 *
 * @param token the token, without owner: that comes from the caller, never from the body
 * @param scopes its scopes, to be compared with the caller's
 * @param expires whether it has an expiry
 */
record Wish(NewToken token, Set<String> scopes, boolean expires) {
  static final String EXPECTED_EXPIRY = "whole seconds since 1970, in the future, at most"
      + " 253402300799, which is the end of the year 9999";

  /** Says what the manager found wrong with it. Name and scopes are known to be right: only the expiry is left. */
  Refusal refusedBy(IllegalArgumentException failure) {
    if (!expires) {
      throw failure;
    }
    return JsonMember.expected("expiresAt", EXPECTED_EXPIRY);
  }
}
