package io.counterfoil;

/**
 * The system behind the store failed: nothing is known about the token, which may well be valid.
 *
 * <p>After a failed change, the change was made wholly or not at all. The message carries no values.
 */
public final class TokenStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; called by stores. */
  public TokenStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
