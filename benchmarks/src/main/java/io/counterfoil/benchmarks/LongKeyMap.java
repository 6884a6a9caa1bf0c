package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The fastest plain alternative: a digest per thread, and a map with hashes of four {@code long} values as keys. */
final class LongKeyMap {
  private final Map<Key, String> names = new ConcurrentHashMap<>();
  private final ThreadLocal<MessageDigest> digest = ThreadLocal.withInitial(HexKeyMap::sha256);

  private record Key(long first, long second, long third, long fourth) {
    static Key of(byte[] hash) {
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return new Key(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Uses 32 bits of the SHA-256 hash, which are distributed evenly. */
    @Override
    public int hashCode() {
      return (int) first;
    }
  }

  void add(String plaintext, String name) {
    names.put(key(plaintext), name);
  }

  @Nullable
  String name(String plaintext) {
    return names.get(key(plaintext));
  }

  private Key key(String plaintext) {
    return Key.of(digest.get().digest(plaintext.getBytes(ISO_8859_1)));
  }
}
