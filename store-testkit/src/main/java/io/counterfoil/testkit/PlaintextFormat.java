package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.zip.CRC32;

/**
 * A second implementation of the published token format. Forged plaintexts must have this format to reach the store.
 */
final class PlaintextFormat {
  static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static final int SECRET_LENGTH = 43;
  static final int CHECKSUM_LENGTH = 6;

  private PlaintextFormat() {}

  /** Returns the text followed by its correct checksum. */
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

  /** Returns the plaintext without its checksum. */
  static String body(String plaintext) {
    return plaintext.substring(0, plaintext.length() - CHECKSUM_LENGTH);
  }

  static String replace(String text, int index, char replacement) {
    return text.substring(0, index) + replacement + text.substring(index + 1);
  }
}
