package io.counterfoil;

import java.time.Clock;

/**
 * Decides which texts can be plaintexts. These are tokens of this library. If the host has imported tokens of another system,
 * texts of the same length as those can be plaintexts, too. Any other text is rejected before it is hashed.
 *
 * @param checksums the checksums that a token of this library may have
 * @param shortestForeign the minimum number of characters in a foreign plaintext
 * @param longestForeign the maximum number of characters in a foreign plaintext; 0 if none are accepted
 */
record PlaintextSyntax(Checksums checksums, int shortestForeign, int longestForeign) {
  /** Shorter texts can be guessed: 20 characters of base62 have 119 bits. */
  static final int SHORTEST_FOREIGN = 20;

  static final int LONGEST_FOREIGN = 256;

  /** Accepts only tokens of this library. */
  static final PlaintextSyntax OWN = new PlaintextSyntax(Checksums.PLAIN, 1, 0);

  PlaintextSyntax withChecksums(Checksums newChecksums) {
    return new PlaintextSyntax(newChecksums, shortestForeign, longestForeign);
  }

  PlaintextSyntax withForeign(int shortest, int longest) {
    if (shortest < SHORTEST_FOREIGN || longest > LONGEST_FOREIGN || shortest > longest) {
      throw new IllegalArgumentException(
          "foreign plaintexts: " + shortest + " to " + longest + " characters (expected: from "
              + SHORTEST_FOREIGN + " to " + LONGEST_FOREIGN + ", the shorter first)");
    }
    return new PlaintextSyntax(checksums, shortest, longest);
  }

  boolean acceptsForeign() {
    return longestForeign > 0;
  }

  /** Returns whether the text can be a plaintext that is valid now. */
  boolean accepts(String text, Clock clock) {
    return TokenFormat.isWellFormed(text, checksums, checksums.arePlainAccepted(clock))
        || isForeign(text);
  }

  /** Returns whether the text can be a plaintext that is or was valid. */
  boolean recognizes(String text) {
    return TokenFormat.isWellFormed(text, checksums, true) || isForeign(text);
  }

  private boolean isForeign(String text) {
    return text.length() >= shortestForeign && text.length() <= longestForeign && isB64Token(text);
  }

  /** {@code b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="} (RFC 6750 section 2.1). */
  private static boolean isB64Token(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return end > 0
        && text.chars().limit(end).allMatch(c -> isLetterOrDigit(c) || "-._~+/".indexOf(c) >= 0);
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
