package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A plain alternative, as most people write it: a new digest for each call, and a map with hexadecimal hashes as keys. */
public final class HexKeyMap {
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** Adds a token. */
  public void add(String plaintext, String name) {
    names.put(hash(plaintext), name);
  }

  /** Returns the name of a token, or null if the map does not contain it. */
  public @Nullable String name(String plaintext) {
    return names.get(hash(plaintext));
  }

  private static String hash(String plaintext) {
    return HexFormat.of().formatHex(sha256().digest(plaintext.getBytes(UTF_8)));
  }

  /** Returns a new digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
