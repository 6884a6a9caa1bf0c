package io.counterfoil;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * SHA-256 digests that are used again, because to look one up costs more than the hash.
 *
 * <p>The pool belongs to a manager rather than to threads, so that it goes when the manager goes. It holds at most as many digests
 * as threads have hashed at the same time. Safe for use by many threads.
 */
final class DigestPool {
  private final ConcurrentLinkedQueue<MessageDigest> idle = new ConcurrentLinkedQueue<>();

  /** @throws IllegalStateException if the JVM has no SHA-256 */
  DigestPool() {
    idle.add(newDigest());
  }

  byte[] sha256(byte[] text) {
    MessageDigest pooled = idle.poll();
    MessageDigest digest = pooled == null ? newDigest() : pooled;
    byte[] hash = digest.digest(text);
    digest.reset(); // some keep the text in their buffer until then
    idle.add(digest); // not after a failure, which may leave half a hash behind
    return hash;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "This JVM has no SHA-256, which every Java platform must have", e);
    }
  }
}
