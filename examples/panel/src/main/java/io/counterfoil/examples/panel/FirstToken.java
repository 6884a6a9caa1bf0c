package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first token of a store, which the panel creates once. It is unrestricted, because it creates all others.
 *
 * <p>The panel does not create it again if it was deleted: deleting the last token must not grant access again. Nor does it create
 * one in a store with tokens of another program, whose operator did not ask for an unrestricted token. In these cases an operator
 * creates a token on the command line.
 */
final class FirstToken {
  private static final String KEY = "first-token";
  private static final NewToken BOOTSTRAP = NewToken.named("bootstrap").unrestricted();

  private FirstToken() {}

  /** Creates the token {@code bootstrap} if the store never had a first token. Of several panels that start at once, one does. */
  static Optional<CreatedToken> create(TokenManager tokens) {
    if (hasTokens(tokens)) {
      return Optional.empty();
    }
    Optional<CreatedToken> first = tokens.createOnce(KEY, () -> BOOTSTRAP);
    if (first.isEmpty()) {
      System.err.println("There are no tokens. Create one with --create-token=NAME,"
          + " unless a panel that has just started on the same database prints one.");
    }
    return first;
  }

  /** Creates a token for an operator. If the store never had a first token, this one counts as it. */
  static CreatedToken create(TokenManager tokens, NewToken newToken) {
    return tokens.createOnce(KEY, () -> newToken).orElseGet(() -> tokens.create(newToken));
  }

  private static boolean hasTokens(TokenManager tokens) {
    try (Stream<Token> all = tokens.list()) {
      return all.findAny().isPresent();
    }
  }
}
