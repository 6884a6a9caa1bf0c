package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The text of a token: {@code <prefix>_<secret><checksum>}.
 *
 * <p>The secret is 43 uniform base62 characters (256 bits). The checksum is 6 base62 characters (see {@link Checksums}).
 *
 * <p>A token is parsed from the right and may have any valid prefix. So if a host changes its prefix, its tokens stay valid.
 */
final class TokenFormat {
  static final int SECRET_LENGTH = 43;
  static final int CHECKSUM_LENGTH = 6;

  private static final int TAIL_LENGTH = SECRET_LENGTH + CHECKSUM_LENGTH;

  private static final int SHORTEST_PREFIX = 2;
  private static final int LONGEST_PREFIX = 20;
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /**
   * The value of each ASCII character as a base62 digit; -1 for other characters. A processor cannot predict branches on random
   * characters; with them, this check took as long as the rest of an authentication.
   */
  private static final byte[] VALUES = values();

  private TokenFormat() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < BASE62.length(); i++) {
      values[BASE62.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** Returns the prefix if it is valid, and throws if it is not. */
  static String checkedPrefix(String prefix) {
    if (!isPrefix(prefix, prefix.length())) {
      throw new IllegalArgumentException("prefix: " + LogSanitizer.quote(prefix)
          + " (expected: 2 to 20 of a-z, 0-9, _; a letter first; no _ last or doubled)");
    }
    return prefix;
  }

  /** Returns a new plaintext. */
  static String generate(String prefix, SecureRandom random, Checksums checksums) {
    String body = prefix + '_' + newSecret(random);
    return body + base62(checksums.compute(body.getBytes(US_ASCII), body.length()));
  }

  /** Returns a regular expression that finds new plaintexts as whole words. */
  static String pattern(String prefix) {
    return "\\b" + prefix + "_[0-9A-Za-z]{" + TAIL_LENGTH + "}\\b";
  }

  /**
   * Returns whether a text has the form of a token and a correct checksum.
   *
   * @param arePlainAccepted whether checksums without a key are accepted
   */
  static boolean isWellFormed(String text, Checksums checksums, boolean arePlainAccepted) {
    int separator = text.length() - TAIL_LENGTH - 1;
    int checksumStart = text.length() - CHECKSUM_LENGTH;
    return separator >= SHORTEST_PREFIX
        && separator <= LONGEST_PREFIX
        && text.charAt(separator) == '_'
        && isBase62(text, separator + 1)
        && isPrefix(text, separator)
        && checksums.matches(
            number(text, checksumStart), text.getBytes(US_ASCII), checksumStart, arePlainAccepted);
  }

  /** Returns whether the first {@code length} characters are a valid prefix. */
  private static boolean isPrefix(String text, int length) {
    if (length < SHORTEST_PREFIX || length > LONGEST_PREFIX || !isLowerLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      boolean isSingleUnderscore = c == '_' && text.charAt(i - 1) != '_' && i < length - 1;
      if (!isLowerLetter(c) && !isDigit(c) && !isSingleUnderscore) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase62(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number that the characters from {@code start} on represent. */
  private static long number(String text, int start) {
    long number = 0;
    for (int i = start; i < text.length(); i++) {
      number = number * BASE62.length() + value(text.charAt(i));
    }
    return number;
  }

  /** Returns the value of a base62 digit; negative for any other character. */
  private static int value(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }

  private static String base62(long number) {
    StringBuilder digits = new StringBuilder(CHECKSUM_LENGTH);
    long rest = number;
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      digits.append(BASE62.charAt((int) (rest % BASE62.length())));
      rest /= BASE62.length();
    }
    return digits.reverse().toString();
  }

  /**
   * Each character comes from six random bits. Values without a character are discarded, because a remainder would favour the
   * first characters of the alphabet.
   */
  private static String newSecret(SecureRandom random) {
    StringBuilder secret = new StringBuilder(SECRET_LENGTH);
    byte[] drawn = new byte[SECRET_LENGTH];
    while (secret.length() < SECRET_LENGTH) {
      random.nextBytes(drawn);
      for (byte eightBits : drawn) {
        int sixBits = eightBits & 0x3f;
        if (sixBits < BASE62.length() && secret.length() < SECRET_LENGTH) {
          secret.append(BASE62.charAt(sixBits));
        }
      }
    }
    return secret.toString();
  }

  private static boolean isLowerLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
