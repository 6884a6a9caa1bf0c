package io.counterfoil;

/**
 * A created or rotated token together with its new plaintext.
 *
 * <p>The plaintext exists nowhere else and cannot be recovered later. {@code toString} does not show it. Neither serializable nor
 * comparable. Immutable.
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

  /** Discloses the plaintext. Show it only to the caller that requested the token. */
  public String reveal() {
    return plaintext;
  }

  @Override
  public String toString() {
    return "CreatedToken[" + token.id() + ", ****]";
  }
}
