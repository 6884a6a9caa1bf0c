package io.counterfoil;

/**
 * Thrown if a store finds a token but cannot read its row, because another program wrote it or it is damaged. Nobody knows
 * whether such a token is valid, so it is neither accepted nor rejected. It can be disabled and deleted by its id.
 */
public final class UnreadableTokenException extends TokenStoreException {
  private static final long serialVersionUID = 1L;

  private final long id;

  /** Creates the exception. Called by stores. They ensure that the messages of the cause contain no values. */
  public UnreadableTokenException(long id, Throwable cause) {
    super("the row of token " + id + " cannot be read", cause);
    this.id = id;
  }

  /** Returns the id of the token. */
  public long id() {
    return id;
  }
}
