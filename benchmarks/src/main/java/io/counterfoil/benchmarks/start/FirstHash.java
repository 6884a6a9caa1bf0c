package io.counterfoil.benchmarks.start;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A process that hashes a plaintext and ends: the floor, since whoever checks one has to. */
final class FirstHash {
  private FirstHash() {}

  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    long begin = System.nanoTime();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(arguments[0].getBytes(US_ASCII));
    long end = System.nanoTime();
    if (hash.length == 0) {
      throw new IllegalStateException();
    }
    System.out.println(end - begin);
  }
}
