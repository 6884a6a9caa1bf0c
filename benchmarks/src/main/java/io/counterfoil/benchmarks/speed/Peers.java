package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.peers.Check;
import io.counterfoil.benchmarks.peers.DropwizardCheck;
import io.counterfoil.benchmarks.peers.FilterCheck;
import io.counterfoil.benchmarks.peers.HexTexts;
import io.counterfoil.benchmarks.peers.Names;
import io.counterfoil.benchmarks.peers.Pac4jCheck;
import io.counterfoil.benchmarks.peers.ShiroCheck;
import io.counterfoil.benchmarks.peers.SpringSecurity;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the verdict of another library costs, from the text of the field on. All of them ask a map of hexadecimal texts, which is
 * what everybody writes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Peers {

  /** A token that is there. */
  @Benchmark
  public boolean springSecurity(
      OfSpringSecurity peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean springSecurityInvalid(
      OfSpringSecurity peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.unknown(turn));
  }

  /** The chain of filters of Spring Security. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class OfSpringSecurity {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      check = over(tokens, names -> new FilterCheck(SpringSecurity.chain(names)))
          .proved(fields.valid(turn), fields.unknown(turn));
    }
  }

  /** A token that is there. */
  @Benchmark
  public boolean shiro(OfShiro peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean shiroInvalid(OfShiro peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.unknown(turn));
  }

  /** Apache Shiro. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class OfShiro {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      check = over(tokens, names -> new ShiroCheck(names))
          .proved(fields.valid(turn), fields.unknown(turn));
    }
  }

  /** A token that is there. */
  @Benchmark
  public boolean pac4j(OfPac4j peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean pac4jInvalid(OfPac4j peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.unknown(turn));
  }

  /** pac4j. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class OfPac4j {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      check = over(tokens, names -> new Pac4jCheck(names))
          .proved(fields.valid(turn), fields.unknown(turn));
    }
  }

  /** A token that is there. */
  @Benchmark
  public boolean dropwizard(OfDropwizard peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.valid(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public boolean dropwizardInvalid(
      OfDropwizard peer, AuthorizationFields fields, Tokens.Turn turn) {
    return peer.check.accepts(fields.unknown(turn));
  }

  /** Dropwizard. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class OfDropwizard {
    private Check check;

    /** Makes it over the tokens. */
    @Setup
    public void make(Tokens tokens, AuthorizationFields fields, Tokens.Turn turn) {
      check = over(tokens, names -> new DropwizardCheck(names))
          .proved(fields.valid(turn), fields.unknown(turn));
    }
  }

  private static Check over(Tokens tokens, Function<Names, Check> peer) {
    HexTexts names = new HexTexts();
    tokens.copyTo(names::add);
    return peer.apply(names);
  }
}
