package io.counterfoil.http;

/**
 * Parses the value of an {@code Authorization} header: {@code "Bearer" 1*SP b64token} (RFC 6750 section 2.1).
 *
 * <p>Each method takes time linear in the length of the value. The manager checks the syntax of the token itself.
 */
final class AuthorizationHeader {
  /**
   * In characters. The longest foreign plaintext that {@code TokenManager.Builder.acceptForeign} allows, so longer than any
   * token. Limits the length of the text that is hashed.
   */
  static final int MAX_TOKEN_LENGTH = 256;

  private static final String SCHEME = "Bearer";

  private AuthorizationHeader() {}

  /** Returns whether the scheme is {@code Bearer}, in upper or lower case. The text after it may still be malformed. */
  static boolean isBearer(String value) {
    int end = SCHEME.length();
    // This does not depend on the locale. No letter outside ASCII equals one of these letters when
    // case is ignored.
    return value.regionMatches(true, 0, SCHEME, 0, end)
        && (value.length() == end || !isTokenCharacter(value.charAt(end)));
  }

  /**
   * Returns the text after the scheme, or the empty string if no space precedes it.
   *
   * @param value a value for which {@link #isBearer} returns true
   */
  static String credential(String value) {
    int start = SCHEME.length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    return start > SCHEME.length() ? value.substring(start) : "";
  }

  /** Returns the {@linkplain #credential credential}, or the empty string if it is longer than 256 characters. */
  static String plaintext(String value) {
    String credential = credential(value);
    return credential.length() <= MAX_TOKEN_LENGTH ? credential : "";
  }

  /** {@code b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="} (RFC 6750 section 2.1). */
  static boolean isB64Token(String credential) {
    int end = credential.length();
    while (end > 0 && credential.charAt(end - 1) == '=') {
      end--;
    }
    return end > 0
        && credential
            .chars()
            .limit(end)
            .allMatch(c -> isLetterOrDigit((char) c) || "-._~+/".indexOf(c) >= 0);
  }

  /** Returns whether a text is a token, such as the name of a header (RFC 9110 section 5.6.2). */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isTokenCharacter((char) c));
  }

  /** The characters of a token, such as a scheme (RFC 9110 sections 5.6.2 and 11.1). */
  static boolean isTokenCharacter(char c) {
    return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
