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
 * The checksums of tokens: numbers of six characters that follow from all before them. CRC-32 notices typing errors, and anybody
 * can make it; HMAC-SHA-256 (RFC 2104), cut to that length, nobody can make who has not the key, so that what is forged is
 * refused before the store is asked. Neither is a part of the secret.
 */
final class Checksums {
  /** Numbers of six characters of base62. */
  static final long MODULUS = 62L * 62 * 62 * 62 * 62 * 62;

  /** CRC-32 alone. */
  static final Checksums PLAIN = new Checksums(List.of(), Optional.empty());

  private final List<SecretKeySpec> keys;
  private final Optional<Instant> plainEnd;

  private Checksums(List<SecretKeySpec> keys, Optional<Instant> plainEnd) {
    this.keys = keys;
    this.plainEnd = plainEnd;
  }

  /** Makes new ones with the first key. */
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
    keyed.make(new byte[0], 0);
    return keyed;
  }

  /** Returns these, of which those that take no key count until that instant only. */
  Checksums plainUntil(Instant end) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "plainChecksumsUntil: there is no key (expected: checksumKeys, too)");
    }
    return new Checksums(keys, Optional.of(end));
  }

  /** Returns the checksum that a new token gets. */
  long make(byte[] text, int length) {
    return keys.isEmpty() ? crc32(text, length) : hmac(keys.get(0), text, length);
  }

  /** Says whether a token may have that checksum. */
  boolean fits(long checksum, byte[] text, int length, Clock clock) {
    if (checksum == crc32(text, length)
        && (plainEnd.isEmpty() || clock.instant().isBefore(plainEnd.get()))) {
      return true;
    }
    for (SecretKeySpec key : keys) {
      if (checksum == hmac(key, text, length)) {
        return true;
      }
    }
    return false;
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
