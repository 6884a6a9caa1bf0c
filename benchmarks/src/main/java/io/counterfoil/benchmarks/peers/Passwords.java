package io.counterfoil.benchmarks.peers;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Hashes that are slow on purpose, for secrets that people choose; some use them for tokens too. */
public final class Passwords {
  private static final int BCRYPT_COST = 10;

  /** As GoCD has them. */
  private static final int PBKDF2_ROUNDS = 4096;

  private static final int PBKDF2_BITS = 256;
  private static final int SALT_BYTES = 16;

  private Passwords() {}

  /** Returns a check of one token by bcrypt. */
  public static Check bcrypt(String field) {
    BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(BCRYPT_COST);
    String hash = encoder.encode(field);
    return presented -> encoder.matches(presented, hash);
  }

  /** Returns a check of one token by PBKDF2. */
  public static Check pbkdf2(String field) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] hash = pbkdf2(field, salt);
    return presented -> MessageDigest.isEqual(hash, pbkdf2(presented, salt));
  }

  private static byte[] pbkdf2(String text, byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(text.toCharArray(), salt, PBKDF2_ROUNDS, PBKDF2_BITS))
          .getEncoded();
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException(e);
    }
  }
}
