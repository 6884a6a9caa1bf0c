package io.counterfoil;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What it takes to hash a text, to be used again for the next one: its bytes, a digest, and the bytes of a hash. For use by one
 * thread at a time.
 */
final class Workbench implements AutoCloseable {
  /** The tag of hashes that are made with plain SHA-256. */
  static final String SHA256 = "sha256";

  private static final int LONGEST = PlaintextShape.LONGEST_FOREIGN;

  private final byte[] text = new byte[LONGEST];
  private final ByteBuffer hash = ByteBuffer.allocate(TokenHash.LENGTH);
  private final MessageDigest sha256 = sha256Digest();
  private int length;

  /** Not at first: who makes one, uses it. */
  final AtomicBoolean isFree = new AtomicBoolean();

  /**
   * Takes a text, and says whether it is no longer than any plaintext. What lies beyond Latin-1 becomes something else by that:
   * who goes by the bytes looks at the characters too.
   */
  @SuppressWarnings(
      "deprecation") // made for text that is ASCII, and a third of the price of all else
  boolean lay(String newText) {
    length = Math.min(newText.length(), LONGEST);
    newText.getBytes(0, length, text, 0);
    return length == newText.length();
  }

  byte[] text() {
    return text;
  }

  int length() {
    return length;
  }

  /**
   * Hashes the text with plain SHA-256. Salt and stretching protect secrets that can be guessed; 256 random bits cannot (OWASP
   * ASVS 11.4.1, NIST SP 800-63B section 5.1.2).
   */
  TokenHash sha256() {
    try {
      sha256.update(text, 0, length);
      sha256.digest(hash.array(), 0, TokenHash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("A SHA-256 has 32 bytes", e);
    }
    return new TokenHash(
        SHA256, hash.getLong(0), hash.getLong(8), hash.getLong(16), hash.getLong(24));
  }

  /**
   * Sets it free, once: by then somebody else may use it. No plaintext waits in here for the next one, nor half a hash where a
   * thread ran out of its stack.
   */
  @Override
  public void close() {
    sha256.reset();
    Arrays.fill(text, 0, length, (byte) 0);
    length = 0;
    isFree.setRelease(true);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "This JVM has no SHA-256, which every Java platform must have", e);
    }
  }
}
