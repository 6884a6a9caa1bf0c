package io.counterfoil.http;

/**
 * Parses the value of an {@code Authorization} header: a scheme, one or more spaces, and a credential (RFC 9110 section 11.4).
 *
 * <p>Each method takes time linear in the length of the value. The manager checks the syntax of the token itself.
 */
final class AuthorizationHeader {
  static final String NAME = "Authorization";

  /** The scheme of RFC 6750, which is always accepted. */
  static final String BEARER = "Bearer";

  private AuthorizationHeader() {}

  /** Returns whether a value has this scheme, in upper or lower case. The text after it may still be malformed. */
  static boolean hasScheme(String value, String scheme) {
    int end = scheme.length();
    // This does not depend on the locale. A scheme is ASCII, and no other letter equals an ASCII
    // letter when case is ignored, except the Kelvin sign and the long s.
    return value.regionMatches(true, 0, scheme, 0, end)
        && isAscii(value, end)
        && (value.length() == end || !isTokenCharacter(value.charAt(end)));
  }

  private static boolean isAscii(String value, int end) {
    for (int i = 0; i < end; i++) {
      if (value.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the text after the scheme, or the empty string if no space precedes it.
   *
   * @param value a value for which {@link #hasScheme} returns true
   */
  static String credential(String value, String scheme) {
    int start = scheme.length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    return start > scheme.length() ? value.substring(start) : "";
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
