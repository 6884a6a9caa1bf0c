package io.counterfoil;

/**
 * Thrown if the system behind a store failed. It says nothing about the token, which may well be valid.
 *
 * <p>A change that failed was made completely or not at all. Neither the message nor the message of any cause contains a hash, a
 * name or an owner.
 */
public sealed class TokenStoreException extends RuntimeException permits UnreadableTokenException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a failure without a cause. Called by stores. */
  public TokenStoreException(String message) {
    super(message);
  }

  /** Creates the exception. Called by stores. They ensure that the messages of the cause contain no values either. */
  public TokenStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
