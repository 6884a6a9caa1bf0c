package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The token that lets the first person in: {@code bootstrap}, made on a new store.
 *
 * <p>Not on one whose tokens were all deleted: whoever takes the last one away must not thereby open the door again. There
 * the way in is the command line.
 */
final class FirstToken {
  private static final String NAME = "bootstrap";

  private FirstToken() {}

  /** Creates it, if this is the time. Of any number of panels that make a store at once, the unique name lets one do it. */
  static Optional<CreatedToken> create(TokenManager tokens, boolean storeIsNew) {
    try {
      if (storeIsNew) {
        return Optional.of(tokens.create(NewToken.named(NAME)));
      }
    } catch (DuplicateTokenNameException anotherPanelWasFaster) {
      return Optional.empty();
    }
    try (Stream<Token> all = tokens.list()) {
      if (all.findAny().isEmpty()) {
        System.err.println("There is no token here. Make one with --create-token=NAME,"
            + " unless another panel is just making the first.");
      }
    }
    return Optional.empty();
  }
}
