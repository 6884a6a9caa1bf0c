package io.counterfoil;

import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that goes into hashes and is kept apart from the store: who can write to the store alone cannot put a hash into it
 * that a plaintext of theirs opens, once {@linkplain TokenManager.Builder#plainHashesUntil plain hashes} are over.
 *
 * <p>Hashes are made with HMAC-SHA-256 (RFC 2104) and marked with the name of the pepper; a hash of one is never taken for that
 * of another. Only the plaintext is hashed: no pepper protects the other parts of a row. {@code toString} shows the name alone.
 * Immutable.
 */
public final class Pepper {
  /** The fewest bytes of a secret: as many as the hash has (RFC 2104 section 3). */
  public static final int MIN_LENGTH = 32;

  /** No pepper: hashes are made with plain SHA-256. */
  static final Pepper NONE = new Pepper("", Optional.empty(), Optional.empty());

  private static final String TAG = "hmac:";
  private static final int MAX_NAME = 32;

  private final String name;
  private final Optional<SecretKeySpec> key;
  private final Optional<Instant> end;
  private final String tag;

  private Pepper(String name, Optional<SecretKeySpec> key, Optional<Instant> end) {
    this.name = name;
    this.key = key;
    this.end = end;
    this.tag = key.isPresent() ? TAG + name : Workbench.SHA256;
  }

  /**
   * Returns a pepper without end. The name is kept with each hash and must not be given to another secret later.
   *
   * @param secret random bytes, which are copied
   * @throws IllegalArgumentException if the name is not 1 to 32 of {@code a-z 0-9 . _ -}, or there are fewer than 32 bytes
   */
  public static Pepper of(String name, byte[] secret) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "pepper: name " + LogText.of(name) + " (expected: 1 to 32 of a-z, 0-9, '.', '_', '-')");
    }
    if (secret.length < MIN_LENGTH) {
      throw new IllegalArgumentException("pepper " + name + ": " + secret.length
          + " bytes (expected: at least " + MIN_LENGTH + ")");
    }
    return new Pepper(name, Optional.of(Hmac.key(secret)), Optional.empty());
  }

  /** No regular expression: every process comes through this class before its first hash, and few have a pepper. */
  private static boolean isName(String name) {
    boolean isName = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; isName && i < name.length(); i++) {
      char c = name.charAt(i);
      isName = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
    return isName;
  }

  /** Returns this pepper with an end: from that instant on, hashes made with it open nothing. */
  public Pepper until(Instant instant) {
    return new Pepper(name, key, Optional.of(instant));
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  boolean hasEnd() {
    return end.isPresent();
  }

  boolean isOver(Moment moment) {
    return end.isPresent() && moment.reaches(end.get());
  }

  /** Returns what marks the hashes of this pepper. */
  String tag() {
    return tag;
  }

  /** Hashes the plaintext on a workbench. */
  TokenHash hash(Workbench bench) {
    return key.isPresent()
        ? TokenHash.of(tag, Hmac.of(key.get(), bench.text(), bench.length()))
        : bench.sha256();
  }

  /** Says which pepper made the hashes with that tag. */
  static Optional<String> nameIn(String tag) {
    return tag.startsWith(TAG) ? Optional.of(tag.substring(TAG.length())) : Optional.empty();
  }

  @Override
  public String toString() {
    return key.isPresent() ? "Pepper[" + name + ", ****]" : "plain hashes";
  }
}
