package io.counterfoil.http;

/**
 * The value of an {@code Authorization} field line: {@code "Bearer" 1*SP b64token} (RFC 6750 section 2.1), of which the last part
 * is for the manager to read.
 *
 * <p>Every question is answered in one pass and without a regular expression, so that no value, however long, costs more
 * than its length.
 */
final class AuthorizationHeader {
  /** More than any token has; bounds what is hashed. */
  static final int MAX_TOKEN_LENGTH = 255;

  private static final String SCHEME = "bearer";
  private static final int ASCII_LOWER_CASE = 0x20;

  private AuthorizationHeader() {}

  /** Says whether the scheme is {@code Bearer}, in whatever case; what follows it may still be nonsense. */
  static boolean isBearer(String value) {
    int end = SCHEME.length();
    if (value.length() < end) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      // Without a locale: in Turkish, and for some letters beyond ASCII, toLowerCase has surprises.
      if ((value.charAt(i) | ASCII_LOWER_CASE) != SCHEME.charAt(i)) {
        return false;
      }
    }
    return value.length() == end || !isSchemeCharacter(value.charAt(end));
  }

  /**
   * Returns what the bearer presents, or the empty text if that is longer than 255 characters or does not come after one or more
   * blanks. Whether it is a b64token is for the manager to see, which takes nothing else for a plaintext. The value must be one of
   * which {@link #isBearer} is true.
   */
  static String plaintext(String value) {
    int start = SCHEME.length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    boolean separated = start > SCHEME.length();
    boolean bounded = value.length() - start <= MAX_TOKEN_LENGTH;
    return separated && bounded ? value.substring(start) : "";
  }

  /** {@code auth-scheme = token} (RFC 9110 sections 5.6.2 and 11.1). */
  private static boolean isSchemeCharacter(char c) {
    return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
