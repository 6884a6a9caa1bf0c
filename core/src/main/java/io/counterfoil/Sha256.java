package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes plaintexts with plain SHA-256.
 *
 * <p>Salt and stretching protect secrets that can be guessed; 256 random bits cannot (OWASP ASVS 11.4.1, NIST SP 800-63B
 * section 5.1.2).
 */
final class Sha256 {
  static final String TAG = "sha256";

  private Sha256() {}

  /** Hashes a well-formed plaintext, which is ASCII: no charset can change what is hashed. */
  static TokenHash hash(String plaintext) {
    return TokenHash.of(TAG, digest().digest(plaintext.getBytes(US_ASCII)));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "This JVM has no SHA-256, which every Java platform must have", e);
    }
  }
}
