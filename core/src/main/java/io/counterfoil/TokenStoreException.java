package io.counterfoil;

/**
 * The system behind the store failed: nothing is known about the token, which may well be valid.
 *
 * <p>After a failed change, the change was made wholly or not at all. Neither the message nor that of any
 * cause carries a hash, a name or an owner.
 */
public final class TokenStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of a failure that has no other behind it; called by stores. */
  public TokenStoreException(String message) {
    super(message);
  }

  /** Makes the exception; called by stores, which see to it that the cause carries no values either. */
  public TokenStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
