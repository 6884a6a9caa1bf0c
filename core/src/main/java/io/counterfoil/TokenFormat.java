package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;

/**
 * The text of a token: {@code <prefix>_<secret><checksum>}.
 *
 * <p>The secret is 43 uniform base62 characters (256 bits); the checksum is a number that follows from everything before it, in 6
 * base62 characters: the CRC-32, or one that takes a key, see {@link Checksums}.
 *
 * <p>Checking parses from the right and takes any legal prefix: a host that changes its prefix keeps its tokens.
 */
final class TokenFormat {
  static final int SECRET_LENGTH = 43;
  static final int CHECKSUM_LENGTH = 6;

  private static final int TAIL_LENGTH = SECRET_LENGTH + CHECKSUM_LENGTH;

  /** Bytes to draw at once: 52 times six bits, of which 43 are good but for once in 200,000 times. */
  private static final int DRAW = 39;

  private static final int SHORTEST_PREFIX = 2;
  private static final int LONGEST_PREFIX = 20;
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The value of each ASCII character as a digit of base62; negative for those that are none. */
  private static final byte[] VALUES = values();

  private TokenFormat() {}

  private static byte[] values() {
    byte[] values = new byte[0x80];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < BASE62.length(); i++) {
      values[BASE62.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** Returns the prefix if tokens may start with it. */
  static String checkedPrefix(String prefix) {
    if (!isPrefix(prefix, prefix.length())) {
      throw new IllegalArgumentException("prefix: " + LogText.of(prefix)
          + " (expected: 2 to 20 of a-z, 0-9, _; a letter first; no _ last or doubled)");
    }
    return prefix;
  }

  /** Returns a new plaintext. */
  static String generate(String prefix, SecureRandom random, Checksums checksums) {
    byte[] text =
        Arrays.copyOf((prefix + '_').getBytes(US_ASCII), prefix.length() + 1 + TAIL_LENGTH);
    int checksumStart = text.length - CHECKSUM_LENGTH;
    putSecret(text, prefix.length() + 1, checksumStart, random);
    putBase62(text, checksumStart, checksums.make(text, checksumStart));
    return new String(text, US_ASCII);
  }

  /** Returns a regular expression for new plaintexts, which end where a word ends. */
  static String pattern(String prefix) {
    return "\\b" + prefix + "_[0-9A-Za-z]{" + TAIL_LENGTH + "}\\b";
  }

  /**
   * Says whether shape and checksum are those of a token, of a text that lies on that workbench too. The checksum comes first:
   * without a key it is the cheapest way to refuse nearly all that is none.
   */
  static boolean isWellFormed(String text, Workbench bench, Checksums checksums, Clock clock) {
    int separator = text.length() - TAIL_LENGTH - 1;
    return separator >= SHORTEST_PREFIX
        && separator <= LONGEST_PREFIX
        && text.charAt(separator) == '_'
        && checksums.fits(claimed(text), bench.text(), text.length() - CHECKSUM_LENGTH, clock)
        && isBase62(text, separator + 1)
        && isPrefix(text, separator);
  }

  private static boolean isPrefix(CharSequence text, int end) {
    if (end < SHORTEST_PREFIX || end > LONGEST_PREFIX || !isLowerLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      boolean loneUnderscore = c == '_' && text.charAt(i - 1) != '_' && i < end - 1;
      if (!isLowerLetter(c) && !isDigit(c) && !loneUnderscore) {
        return false;
      }
    }
    return true;
  }

  /** Looks at every character, whatever it finds: a way out after each would cost good texts more than it spares bad ones. */
  private static boolean isBase62(String text, int start) {
    int all = 0;
    for (int i = start; i < text.length(); i++) {
      all |= value(text.charAt(i));
    }
    return all >= 0; // the sign of one is the sign of all
  }

  /** Returns the number that the last characters are; some number, where they are none of ours. */
  private static long claimed(String text) {
    long claimed = 0;
    for (int i = text.length() - CHECKSUM_LENGTH; i < text.length(); i++) {
      claimed = claimed * BASE62.length() + value(text.charAt(i));
    }
    return claimed;
  }

  private static int value(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }

  /**
   * Six bits of the generator make a character, or are thrown away: a remainder would favour the first characters. Three bytes have
   * four times as many.
   */
  private static void putSecret(byte[] text, int start, int end, SecureRandom random) {
    byte[] drawn = new byte[DRAW];
    int at = start;
    while (at < end) {
      random.nextBytes(drawn);
      for (int i = 0; i < DRAW; i += 3) {
        int four = (drawn[i] & 0xff) << 16 | (drawn[i + 1] & 0xff) << 8 | (drawn[i + 2] & 0xff);
        for (int shift = 18; shift >= 0 && at < end; shift -= 6) {
          int sixBits = four >>> shift & 0x3f;
          if (sixBits < BASE62.length()) {
            text[at] = (byte) BASE62.charAt(sixBits);
            at++;
          }
        }
      }
    }
  }

  private static void putBase62(byte[] text, int start, long value) {
    long rest = value;
    for (int i = start + CHECKSUM_LENGTH - 1; i >= start; i--) {
      text[i] = (byte) BASE62.charAt((int) (rest % BASE62.length()));
      rest /= BASE62.length();
    }
  }

  private static boolean isLowerLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
