package io.counterfoil;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key for hashes that is kept outside the store.
 *
 * <p>It protects against an attacker who can write to the store but does not know the pepper. When {@linkplain
 * TokenManager.Builder#plainHashesUntil plain hashes} are no longer accepted, the attacker cannot insert a hash of their own
 * plaintext.
 *
 * <p>A hash is an HMAC-SHA-256 (RFC 2104) and is stored with the name of its pepper. A hash with one pepper is never mistaken for
 * a hash with another. Only the plaintext is hashed: a pepper does not protect the other columns of a row. {@code toString} shows
 * only the name. Immutable.
 */
@CheckReturnValue
public final class Pepper {
  /** The minimum number of bytes in a secret: the length of the hash (RFC 2104 section 3). */
  public static final int MIN_LENGTH = 32;

  /** The tag of hashes without a pepper. */
  static final String SHA256 = "sha256";

  /** No pepper: hashes are plain SHA-256. */
  static final Pepper NONE = new Pepper("", Optional.empty(), Optional.empty());

  private static final String TAG = "hmac:";
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,32}");

  private final String name;
  private final Optional<SecretKeySpec> key;
  private final Optional<Instant> end;
  private final String tag;

  private Pepper(String name, Optional<SecretKeySpec> key, Optional<Instant> end) {
    this.name = name;
    this.key = key;
    this.end = end;
    this.tag = key.isPresent() ? TAG + name : SHA256;
  }

  /**
   * Returns a pepper without an end. Its name is stored with each hash and must never be given to another secret.
   *
   * @param name 1 to 32 characters of {@code a-z 0-9 . _ -}
   * @param secret at least 32 random bytes, which are copied
   * @throws IllegalArgumentException if the name has other characters or another length, or the secret is shorter
   */
  public static Pepper of(String name, byte[] secret) {
    if (!NAME.matcher(name).matches()) {
      // Not quoted: it may be a key that somebody has put into the wrong place.
      throw new IllegalArgumentException("pepper: a name of " + name.length()
          + " characters (expected: 1 to 32 of a-z, 0-9, '.', '_', '-')");
    }
    if (secret.length < MIN_LENGTH) {
      throw new IllegalArgumentException("pepper " + name + ": " + secret.length
          + " bytes (expected: at least " + MIN_LENGTH + ")");
    }
    return new Pepper(name, Optional.of(Hmac.key(secret)), Optional.empty());
  }

  /** Returns this pepper with an end: from that instant on, its hashes are not accepted. */
  public Pepper until(Instant instant) {
    return new Pepper(name, key, Optional.of(instant));
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the key of the HMAC; empty for plain SHA-256. */
  Optional<SecretKeySpec> key() {
    return key;
  }

  boolean hasEnd() {
    return end.isPresent();
  }

  boolean isOver(Clock clock) {
    return end.isPresent() && !clock.instant().isBefore(end.get());
  }

  /** Returns the tag that marks the hashes of this pepper. */
  String tag() {
    return tag;
  }

  /** Returns the name of the pepper whose hashes have that tag; empty if it is not the tag of a pepper. */
  static Optional<String> nameIn(String tag) {
    return tag.startsWith(TAG) ? Optional.of(tag.substring(TAG.length())) : Optional.empty();
  }

  @Override
  public String toString() {
    return key.isPresent() ? "Pepper[" + name + ", ****]" : "plain hashes";
  }
}
