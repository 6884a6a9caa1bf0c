package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first token, {@code bootstrap}, which the panel creates and prints when the store is new. It is unrestricted, because it
 * creates all others.
 *
 * <p>The panel does not create it if all tokens were deleted: deleting the last token must not grant access again. In this
 * case an operator creates a token on the command line.
 */
final class FirstToken {
  private static final String NAME = "bootstrap";

  private FirstToken() {}

  /** Creates the token if the store is new. If several panels start at once, the unique name lets only one succeed. */
  static Optional<CreatedToken> create(TokenManager tokens, boolean storeIsNew) {
    try {
      if (storeIsNew) {
        return Optional.of(tokens.create(NewToken.named(NAME).unrestricted()));
      }
    } catch (DuplicateTokenNameException createdByAnotherPanel) {
      return Optional.empty();
    }
    try (Stream<Token> all = tokens.list()) {
      if (all.findAny().isEmpty()) {
        System.err.println("There are no tokens. Create one with --create-token=NAME,"
            + " unless a panel that has just started on the same database prints one.");
      }
    }
    return Optional.empty();
  }
}
