package io.counterfoil;

/**
 * Thrown if a token cannot be created, imported, updated or rotated because of its expiry or the settings of the manager.
 * Nothing was changed. The message says what was expected. It contains no plaintext, hash, name or owner, so a host may send it
 * to the caller.
 */
public sealed class PolicyException extends IllegalArgumentException permits TokenLimitException {
  private static final long serialVersionUID = 1L;

  PolicyException(String message) {
    super(message);
  }
}
