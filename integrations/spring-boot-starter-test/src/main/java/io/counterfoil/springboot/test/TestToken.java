package io.counterfoil.springboot.test;

import io.counterfoil.NewToken;
import java.util.Set;
import java.util.UUID;

/**
 * The properties of a token for tests.
 *
 * @param name the name, or the empty string for a name that no other token has
 * @param owner the owner; may be empty
 * @param scopes the scopes; may be empty
 */
record TestToken(String name, String owner, Set<String> scopes) {
  static final TestToken DEFAULT = new TestToken("", "", Set.of());

  /** @throws IllegalArgumentException under the conditions of {@link NewToken} */
  TestToken {
    scopes = Set.copyOf(newToken(name, owner, scopes).scopes());
  }

  NewToken newToken() {
    return newToken(name, owner, scopes);
  }

  private static NewToken newToken(String name, String owner, Set<String> scopes) {
    // A name of its own for each token, because a test may run again on the same database.
    String actualName = name.isEmpty() ? "test-" + UUID.randomUUID() : name;
    // A token without expiry is possible with each maximum lifetime.
    NewToken token = NewToken.named(actualName).owner(owner).neverExpires();
    return scopes.isEmpty() ? token : token.scopes(scopes);
  }
}
