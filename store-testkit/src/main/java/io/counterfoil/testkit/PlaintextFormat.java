package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.zip.CRC32;

/** The published shape of a token, written down a second time: forgeries must pass it, or they never reach the store. */
final class PlaintextFormat {
  static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static final int SECRET_LENGTH = 43;
  static final int CHECKSUM_LENGTH = 6;

  private PlaintextFormat() {}

  /** Returns the text with the checksum that a manager asks for. */
  static String withChecksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(ISO_8859_1));
    StringBuilder text = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text.insert(0, BASE62.charAt((int) (rest % BASE62.length())));
      rest /= BASE62.length();
    }
    return body + text;
  }

  /** Returns the text without its last characters, which are its checksum. */
  static String body(String plaintext) {
    return plaintext.substring(0, plaintext.length() - CHECKSUM_LENGTH);
  }

  static String with(String text, int index, char replacement) {
    return text.substring(0, index) + replacement + text.substring(index + 1);
  }
}
