package io.counterfoil.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What everybody writes: a digest for each call, the hash as a text of hexadecimal digits, a map. */
public final class HexTexts implements Names {
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** Adds a token. */
  public void add(String token, String name) {
    names.put(hash(token), name);
  }

  @Override
  public @Nullable String of(String token) {
    return names.get(hash(token));
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(sha256().digest(token.getBytes(UTF_8)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
