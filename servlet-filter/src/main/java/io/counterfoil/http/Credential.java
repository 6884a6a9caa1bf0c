package io.counterfoil.http;

/**
 * A credential that a request presents.
 *
 * @param text the token exactly as received; empty if it cannot be told from the rest of the field
 * @param isBearer whether it came with the scheme {@code Bearer}, which tokens of other systems have too
 */
record Credential(String text, boolean isBearer) {
  /**
   * In characters. The longest foreign plaintext that {@code TokenManager.Builder.acceptForeign} allows, so longer than any
   * token. Limits the length of the text that is hashed.
   */
  static final int MAX_LENGTH = 256;

  /** Returns the plaintext to be authenticated: the text, or the empty string if it is longer than 256 characters. */
  String plaintext() {
    return text.length() <= MAX_LENGTH ? text : "";
  }

  @Override
  public String toString() {
    return "****";
  }
}
