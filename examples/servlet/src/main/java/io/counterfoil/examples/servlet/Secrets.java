package io.counterfoil.examples.servlet;

import java.security.SecureRandom;
import java.util.Base64;

/** Random strings of 256 bits, for CSRF tokens and passwords. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
