package io.counterfoil;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104). */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  /** Returns a key that consists of a copy of these bytes. */
  static SecretKeySpec key(byte[] secret) {
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /** Returns the HMAC (32 bytes) of the first {@code length} bytes of a text. */
  static byte[] of(SecretKeySpec key, byte[] text, int length) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(text, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JVM has no HMAC-SHA-256, which every Java platform must have", e);
    }
  }
}
