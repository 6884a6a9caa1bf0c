package io.counterfoil;

/**
 * A token with a new plaintext, created or rotated: the only moment at which it exists in clear.
 *
 * <p>The plaintext is kept in no other place and cannot be had again. {@code toString} does not show it. Neither
 * serializable nor comparable. Immutable.
 */
public final class CreatedToken {
  private final Token token;
  private final String plaintext;

  CreatedToken(Token token, String plaintext) {
    this.token = token;
    this.plaintext = plaintext;
  }

  /** Returns the token, which is safe to log. */
  public Token token() {
    return token;
  }

  /** Discloses the plaintext: show it to the one who asked for the token, and to nobody else. */
  public String reveal() {
    return plaintext;
  }

  @Override
  public String toString() {
    return "CreatedToken[" + token.id() + ", ****]";
  }
}
