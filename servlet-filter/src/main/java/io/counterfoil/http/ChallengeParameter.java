package io.counterfoil.http;

/**
 * Checks values that a {@code WWW-Authenticate} challenge contains between quotation marks.
 *
 * <p>Values that would need escaping are rejected. A line break would let a setting inject headers (CWE-113).
 */
final class ChallengeParameter {
  private ChallengeParameter() {}

  static String realm(String text) {
    return checked("realm", text, ' ', "");
  }

  /** Returns the text if it is a scope-token (RFC 6749 section 3.3). */
  static String scope(String text) {
    return checked("scope", text, '!', "blank, ");
  }

  private static String checked(String setting, String text, char lowest, String alsoExcluded) {
    boolean legal = !text.isEmpty()
        && text.chars().allMatch(c -> c >= lowest && c < 0x7f && c != '"' && c != '\\');
    if (!legal) {
      throw new IllegalArgumentException(setting + " (expected: printable ASCII without "
          + alsoExcluded + "quotation mark and backslash)");
    }
    return text;
  }
}
