package io.counterfoil;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A pool of SHA-256 digests. They are reused, because looking one up costs more than hashing.
 *
 * <p>The pool belongs to a manager, not to threads, so that it is garbage-collected with the manager. It never holds more digests
 * than the number of threads that have hashed at the same time. Safe for use by many threads.
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
    digest.reset(); // until then, some implementations keep the text in their buffer
    idle.add(digest); // not after a failure, when it may be in the middle of a hash
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
