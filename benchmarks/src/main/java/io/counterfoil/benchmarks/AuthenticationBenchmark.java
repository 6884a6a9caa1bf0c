package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.benchmarks.MemoryTokens.Cursor;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Authentication in memory, compared with the SHA-256 hash alone and with two plain maps. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuthenticationBenchmark {

  /** The baseline: the SHA-256 hash of a token with 52 characters, with an existing digest. */
  @Benchmark
  public byte[] hashAlone(Digest digest) throws DigestException {
    digest.sha256.update(digest.plaintext);
    digest.sha256.digest(digest.hash, 0, digest.hash.length);
    return digest.hash;
  }

  /** A digest with its input and output. */
  @State(Scope.Thread)
  public static class Digest {
    private final MessageDigest sha256 = HexKeyMap.sha256();
    private final byte[] plaintext = ("cf_" + "0".repeat(49)).getBytes(US_ASCII);
    private final byte[] hash = new byte[32];
  }

  /** Looks a token up in a map with hexadecimal keys. */
  @Benchmark
  public @Nullable String hexKeyMap(PlainMaps maps, MemoryTokens tokens, Cursor cursor) {
    return maps.hex.name(tokens.known(cursor));
  }

  /** Looks a token up in a map with keys of four {@code long} values. */
  @Benchmark
  public @Nullable String longKeyMap(PlainMaps maps, MemoryTokens tokens, Cursor cursor) {
    return maps.longs.name(tokens.known(cursor));
  }

  /** The plain alternatives, with as many tokens as the store. */
  @State(Scope.Benchmark)
  public static class PlainMaps {
    private final HexKeyMap hex = new HexKeyMap();
    private final LongKeyMap longs = new LongKeyMap();

    /** Fills the maps. */
    @Setup
    public void fill(MemoryTokens tokens) {
      tokens.copyTo(hex::add);
      tokens.copyTo(longs::add);
    }
  }

  /** Authenticates a token of the store. */
  @Benchmark
  public Verdict known(MemoryTokens tokens, Cursor cursor) {
    return tokens.manager.authenticate(tokens.known(cursor));
  }

  /** Authenticates a token of the store, and records the use. */
  @Benchmark
  public Verdict knownAndRecorded(MemoryTokens tokens, Cursor cursor) {
    return tokens.recordingManager.authenticate(tokens.known(cursor));
  }

  /** Authenticates a token that is in a cache in front of the store. */
  @Benchmark
  public Verdict knownInCache(CachedTokens cached, MemoryTokens tokens, Cursor cursor) {
    return cached.manager.authenticate(tokens.known(cursor));
  }

  /** A manager with a cache. The staleness bound is longer than the benchmark, so all calls except the first ones hit the cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls the setup method
  public static class CachedTokens {
    private TokenManager manager;

    /** Creates the cache. */
    @Setup
    public void create(MemoryTokens tokens) {
      manager = TokenManager.builder(CachedTokenStore.around(tokens.store, Duration.ofDays(1)))
          .recordNoUses()
          .build();
    }

    /** Closes the manager. */
    @TearDown
    public void close() {
      manager.close();
    }
  }

  /** Authenticates a well-formed token that the store does not contain. */
  @Benchmark
  public Verdict unknown(MemoryTokens tokens, Cursor cursor) {
    return tokens.manager.authenticate(tokens.unknown(cursor));
  }

  /** Authenticates a text with an invalid character. */
  @Benchmark
  public Verdict malformed(MemoryTokens tokens, Cursor cursor) {
    return tokens.manager.authenticate(tokens.malformed(cursor));
  }

  /** Authenticates a text with a wrong checksum. */
  @Benchmark
  public Verdict wrongChecksum(MemoryTokens tokens, Cursor cursor) {
    return tokens.manager.authenticate(tokens.wrongChecksum(cursor));
  }

  /** Creates a token and deletes it, so that the store stays empty. */
  @Benchmark
  public CreatedToken createAndDelete(EmptyStore empty) {
    CreatedToken created = empty.manager.create(empty.newToken);
    empty.manager.delete(created.token().id());
    return created;
  }

  /** A manager for one thread. */
  @State(Scope.Thread)
  public static class EmptyStore {
    private final NewToken newToken = NewToken.named("token");
    private final TokenManager manager =
        TokenManager.builder(new InMemoryTokenStore()).recordNoUses().build();

    /** Closes the manager. */
    @TearDown
    public void close() {
      manager.close();
    }
  }
}
