package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The token that lets the first person in: {@code bootstrap}, made on a store that never had one.
 *
 * <p>Not on a store whose tokens were all deleted: whoever takes the last one away must not thereby open the door again. A
 * store never gives an id twice, so a first token with another id than 1 tells such a store.
 */
final class FirstToken {
  private static final String NAME = "bootstrap";

  private FirstToken() {}

  /** Creates it, if this is the time. Of any number of panels that start at once on one store, one does. */
  static Optional<CreatedToken> create(TokenManager tokens) {
    try (Stream<Token> all = tokens.list()) {
      if (all.findAny().isPresent()) {
        return Optional.empty();
      }
    }
    CreatedToken created;
    try {
      created = tokens.create(NewToken.named(NAME));
    } catch (DuplicateTokenNameException anotherPanelWasFaster) {
      return Optional.empty();
    }
    if (created.token().id() == 1) {
      return Optional.of(created);
    }
    tokens.delete(created.token().id());
    System.err.println(
        "There were tokens here, and none is left. Make one with --create-token=NAME.");
    return Optional.empty();
  }
}
