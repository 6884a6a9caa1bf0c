package io.counterfoil;

import java.time.Clock;

/**
 * What a plaintext may look like: a token of this library, or, where a host has taken tokens over from elsewhere, a text of a
 * length that those have. Looks at no more characters than the longest may have.
 */
final class PlaintextShape {
  /** Texts shorter than that can be guessed: 20 characters of base62 are 119 bits. */
  static final int SHORTEST_FOREIGN = 20;

  static final int LONGEST_FOREIGN = 256;

  /** Only tokens of this library. */
  static final PlaintextShape OWN = new PlaintextShape(1, 0, Checksums.PLAIN);

  private final int shortest;
  private final int longest;
  private final Checksums checksums;

  private PlaintextShape(int shortest, int longest, Checksums checksums) {
    this.shortest = shortest;
    this.longest = longest;
    this.checksums = checksums;
  }

  PlaintextShape with(Checksums newChecksums) {
    return new PlaintextShape(shortest, longest, newChecksums);
  }

  static PlaintextShape foreign(int shortest, int longest) {
    if (shortest < SHORTEST_FOREIGN || longest > LONGEST_FOREIGN || shortest > longest) {
      throw new IllegalArgumentException(
          "foreign plaintexts: " + shortest + " to " + longest + " characters (expected: from "
              + SHORTEST_FOREIGN + " to " + LONGEST_FOREIGN + ", the shorter first)");
    }
    return new PlaintextShape(shortest, longest, Checksums.PLAIN);
  }

  /** Says whether the text on a workbench may be a plaintext. */
  boolean fits(String text, Workbench bench, Clock clock) {
    return TokenFormat.isWellFormed(text, bench, checksums, clock) || isForeign(text);
  }

  private boolean isForeign(String text) {
    return text.length() >= shortest && text.length() <= longest && isB64Token(text);
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
