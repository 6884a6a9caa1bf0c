package io.counterfoil.benchmarks.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The least that a map of the JDK takes: a digest for each thread, the hash as four numbers. No shape, no checksum, no verdict. */
public final class FourLongs implements Names {
  private final Map<Hash, String> names = new ConcurrentHashMap<>();
  private final ThreadLocal<MessageDigest> digest = ThreadLocal.withInitial(HexTexts::sha256);

  /** All bits of a hash are as good as any. */
  private record Hash(long first, long second, long third, long fourth) {
    static Hash of(byte[] bytes) {
      ByteBuffer numbers = ByteBuffer.wrap(bytes);
      return new Hash(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    @Override
    public int hashCode() {
      return (int) first;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Hash that
          && ((first ^ that.first)
                  | (second ^ that.second)
                  | (third ^ that.third)
                  | (fourth ^ that.fourth))
              == 0;
    }
  }

  /** Adds a token. */
  public void add(String token, String name) {
    names.put(hash(token), name);
  }

  @Override
  public @Nullable String of(String token) {
    return names.get(hash(token));
  }

  private Hash hash(String token) {
    return Hash.of(digest.get().digest(token.getBytes(ISO_8859_1)));
  }
}
