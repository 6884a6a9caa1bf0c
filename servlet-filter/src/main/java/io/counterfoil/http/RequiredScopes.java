package io.counterfoil.http;

import io.counterfoil.Token;
import java.util.Collection;
import java.util.List;

/**
 * The scopes that a route requires.
 *
 * @param scopes the scopes, in the order in which the host has named them; empty if any token is sufficient
 * @param needsAll whether a token needs all of them, or only one
 */
record RequiredScopes(List<String> scopes, boolean needsAll) {
  static final RequiredScopes ANY_TOKEN = new RequiredScopes(List.of(), true);

  /** Returns checked scopes. No scopes would be a mistake, such as a missing setting. */
  static RequiredScopes of(Collection<String> scopes, boolean needsAll) {
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scopes: none (expected: at least one)");
    }
    List<String> checked =
        scopes.stream().map(ChallengeParameter::scope).distinct().toList();
    return new RequiredScopes(checked, needsAll);
  }

  boolean permit(Token token) {
    return needsAll
        ? scopes.stream().allMatch(token::permits)
        : scopes.stream().anyMatch(token::permits);
  }
}
