package io.counterfoil.benchmarks.speed;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.benchmarks.peers.FourLongs;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
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

/** What the least costs that could do: a map for a verdict, a draw of random bytes for a token. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Floors {

  /** A map by hashes of four numbers, that has the token. */
  @Benchmark
  public @Nullable String mapOfFourLongs(Longs longs, Tokens tokens, Tokens.Turn turn) {
    return longs.names.of(tokens.known(turn));
  }

  /** A map by hashes of four numbers, that has it not. */
  @Benchmark
  public @Nullable String mapOfFourLongsUnknown(Longs longs, Tokens tokens, Tokens.Turn turn) {
    return longs.names.of(tokens.unknown(turn));
  }

  /** The hashes of the tokens as numbers. */
  @State(Scope.Benchmark)
  public static class Longs {
    private final FourLongs names = new FourLongs();

    /** Takes the tokens that are asked for, and as many others. */
    @Setup
    public void fill(Tokens tokens) {
      tokens.copyTo(names::add);
    }
  }

  /** The bytes that no token can do without. */
  @Benchmark
  public byte[] draw(Draw draw) {
    draw.random.nextBytes(draw.bytes);
    return draw.bytes;
  }

  /** The generator, and room for 256 bits. */
  @State(Scope.Thread)
  public static class Draw {
    private final byte[] bytes = new byte[32];
    private final SecureRandom random = new SecureRandom();
  }

  /** A whole token, with its row, its hash and the listeners' part, for a store that throws it away. */
  @Benchmark
  public CreatedToken create(Birth birth) {
    return birth.manager.create(birth.wish);
  }

  /** A manager over nothing. */
  @State(Scope.Benchmark)
  public static class Birth {
    private final NewToken wish = NewToken.named("token");
    private final TokenManager manager =
        TokenManager.builder(throwingAway()).recordNoUses().build();

    /** Ends what it began. */
    @TearDown
    public void close() {
      manager.close();
    }

    private static TokenStore throwingAway() {
      return (TokenStore) Proxy.newProxyInstance(
          TokenStore.class.getClassLoader(),
          new Class<?>[] {TokenStore.class},
          (proxy, method, arguments) -> 1L);
    }
  }
}
