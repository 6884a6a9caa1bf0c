package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Encodes and decodes texts in percent-encoded UTF-8 (RFC 3986 section 2.1). */
final class PercentEncoding {
  /** Beside letters and digits. Has no plus sign, because decoders of forms read it as a space. */
  private static final String PLAIN = "-._~:@/*";

  private PercentEncoding() {}

  /**
   * Returns a text as the value of a header. Every decoder of percent-encoding returns the text again, also one for forms.
   *
   * @return {@code %2D} for a lone hyphen, which readers use for "none"
   */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      if (isPlain(b) && !text.equals("-")) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && PLAIN.indexOf(b) >= 0);
  }

  private static char hex(int bits) {
    return "0123456789ABCDEF".charAt(bits & 0xf);
  }

  /**
   * Decodes a text once. Other characters than those of percent-encoding stand for themselves, also the plus sign.
   *
   * @return empty if a character is not printable ASCII, if an encoding is incomplete, or if the bytes are not valid UTF-8
   */
  static Optional<String> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return Optional.empty();
      }
      int octet = c == '%' ? octet(text, i + 1) : c;
      if (octet < 0) {
        return Optional.empty();
      }
      bytes.write(octet);
      i += c == '%' ? 2 : 0;
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Returns the value of two hexadecimal digits, or a negative number if they are not there. */
  private static int octet(String text, int start) {
    return start + 1 < text.length()
        ? 16 * digit(text.charAt(start)) + digit(text.charAt(start + 1))
        : -1;
  }

  /** Unlike {@link Character#digit}, accepts no digits of other scripts. A missing digit makes every octet negative. */
  private static int digit(char c) {
    int digit = c < 0x7f ? Character.digit(c, 16) : -1;
    return digit < 0 ? -0x100 : digit;
  }
}
