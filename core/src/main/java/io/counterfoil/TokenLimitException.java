package io.counterfoil;

/** Thrown if a token cannot be created or imported, because its owner has as many tokens as allowed. Nothing was changed. */
public final class TokenLimitException extends PolicyException {
  private static final long serialVersionUID = 1L;

  TokenLimitException(int limit) {
    super("the owner has as many tokens as allowed: " + limit);
  }
}
