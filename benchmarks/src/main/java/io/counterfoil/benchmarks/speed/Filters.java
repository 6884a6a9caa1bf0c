package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.peers.Check;
import io.counterfoil.benchmarks.peers.FilterCheck;
import io.counterfoil.benchmarks.peers.FourLongs;
import io.counterfoil.benchmarks.peers.HandWrittenFilter;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a servlet filter costs before a page that does nothing, beside the least that one would write by hand. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Filters {

  /** A token that is there. */
  @Benchmark
  public boolean filter(Ours ours, AuthorizationFields fields, Tokens.Turn turn) {
    return ours.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean filterUnknown(Ours ours, AuthorizationFields fields, Tokens.Turn turn) {
    return ours.check.accepts(fields.unknown(turn));
  }

  /** A character that no token has. */
  @Benchmark
  public boolean filterMalformed(Ours ours, AuthorizationFields fields, Tokens.Turn turn) {
    return ours.check.accepts(fields.malformed(turn));
  }

  /** A token that is there, in the map by hashes of four numbers. */
  @Benchmark
  public boolean handWrittenFilter(
      HandWritten other, AuthorizationFields fields, Tokens.Turn turn) {
    return other.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean handWrittenFilterUnknown(
      HandWritten other, AuthorizationFields fields, Tokens.Turn turn) {
    return other.check.accepts(fields.unknown(turn));
  }

  /** The filter of this library. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class Ours {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      BearerAuthenticator authenticator =
          BearerAuthenticator.builder(tokens.plain).build();
      check = new FilterCheck(new BearerFilter(authenticator))
          .proved(fields.valid(turn), fields.unknown(turn))
          .proved(fields.valid(turn), fields.malformed(turn));
    }
  }

  /** The filter by hand. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class HandWritten {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      FourLongs names = new FourLongs();
      tokens.copyTo(names::add);
      check = new FilterCheck(new HandWrittenFilter(names))
          .proved(fields.valid(turn), fields.unknown(turn));
    }
  }
}
