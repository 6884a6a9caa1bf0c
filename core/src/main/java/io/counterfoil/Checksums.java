package io.counterfoil;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes and checks the checksums of tokens. A checksum is a number of six base62 characters. It is computed from all
 * characters before it.
 *
 * <p>A plain checksum is a CRC-32. It detects typing errors, and anybody can compute it. A keyed checksum is an HMAC-SHA-256 (RFC
 * 2104), reduced to six base62 characters. Without the key nobody can compute it, so a forged token is rejected before the store
 * is queried. Neither kind of checksum is part of the secret.
 */
final class Checksums {
  /** The number of different values of six base62 characters. */
  static final long MODULUS = 62L * 62 * 62 * 62 * 62 * 62;

  /** Plain checksums only. */
  static final Checksums PLAIN = new Checksums(List.of(), Optional.empty());

  private final List<SecretKeySpec> keys;
  private final Optional<Instant> plainEnd;

  private Checksums(List<SecretKeySpec> keys, Optional<Instant> plainEnd) {
    this.keys = keys;
    this.plainEnd = plainEnd;
  }

  /** Returns checksums that are computed with the first key and accepted with any of the keys. */
  static Checksums keyed(List<byte[]> keys) {
    List<SecretKeySpec> checked = new ArrayList<>();
    for (byte[] key : keys) {
      if (key.length < Pepper.MIN_LENGTH) {
        throw new IllegalArgumentException("checksumKeys: one of " + key.length
            + " bytes (expected: at least " + Pepper.MIN_LENGTH + ')');
      }
      checked.add(Hmac.key(key));
    }
    Checksums keyed = new Checksums(List.copyOf(checked), Optional.empty());
    // Fails now, rather than at the first token, if this JVM lacks the algorithm.
    keyed.compute(new byte[0], 0);
    return keyed;
  }

  /** Returns a copy that accepts plain checksums only before that instant. */
  Checksums plainUntil(Instant end) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "plainChecksumsUntil: there is no key (expected: checksumKeys, too)");
    }
    return new Checksums(keys, Optional.of(end));
  }

  boolean arePlainAccepted(Clock clock) {
    return plainEnd.isEmpty() || clock.instant().isBefore(plainEnd.get());
  }

  /** Returns the checksum for a new token that begins with the first {@code length} bytes of a text. */
  long compute(byte[] text, int length) {
    return keys.isEmpty() ? crc32(text, length) : hmac(keys.get(0), text, length);
  }

  /**
   * Returns whether the checksum is correct for a token that begins with the first {@code length} bytes of a text.
   *
   * @param arePlainAccepted whether plain checksums are accepted
   */
  boolean matches(long checksum, byte[] text, int length, boolean arePlainAccepted) {
    return (arePlainAccepted && checksum == crc32(text, length))
        || keys.stream().anyMatch(key -> checksum == hmac(key, text, length));
  }

  private static long crc32(byte[] text, int length) {
    CRC32 crc = new CRC32();
    crc.update(text, 0, length);
    return crc.getValue();
  }

  private static long hmac(SecretKeySpec key, byte[] text, int length) {
    return Long.remainderUnsigned(ByteBuffer.wrap(Hmac.of(key, text, length)).getLong(), MODULUS);
  }

  @Override
  public String toString() {
    return "Checksums[" + keys.size() + " keys]";
  }
}
