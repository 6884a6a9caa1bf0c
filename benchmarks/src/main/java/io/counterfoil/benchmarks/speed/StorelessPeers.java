package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.peers.Check;
import io.counterfoil.benchmarks.peers.Jwts;
import io.counterfoil.benchmarks.peers.Passwords;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a verdict costs that needs no store: by a signature, or by a hash that is slow on purpose. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StorelessPeers {

  /** A good signature. */
  @Benchmark
  public boolean nimbus(Signed signed, Tokens.Turn turn) {
    return signed.nimbus.accepts(turn.of(signed.valid));
  }

  /** A bad signature. */
  @Benchmark
  public boolean nimbusInvalid(Signed signed, Tokens.Turn turn) {
    return signed.nimbus.accepts(turn.of(signed.forged));
  }

  /** A good signature. */
  @Benchmark
  public boolean javaJwt(Signed signed, Tokens.Turn turn) {
    return signed.javaJwt.accepts(turn.of(signed.valid));
  }

  /** A bad signature. */
  @Benchmark
  public boolean javaJwtInvalid(Signed signed, Tokens.Turn turn) {
    return signed.javaJwt.accepts(turn.of(signed.forged));
  }

  /** A good signature. */
  @Benchmark
  public boolean jjwt(Signed signed, Tokens.Turn turn) {
    return signed.jjwt.accepts(turn.of(signed.valid));
  }

  /** A bad signature. */
  @Benchmark
  public boolean jjwtInvalid(Signed signed, Tokens.Turn turn) {
    return signed.jjwt.accepts(turn.of(signed.forged));
  }

  /** Signed tokens with their scheme, and what checks them. */
  @State(Scope.Benchmark)
  public static class Signed {
    private final Jwts tokens = new Jwts();
    private final Jwts others = new Jwts();
    private final String[] valid = new String[Tokens.ASKED];
    private final String[] forged = new String[Tokens.ASKED];
    private final Check nimbus = tokens.nimbus();
    private final Check javaJwt = tokens.javaJwt();
    private final Check jjwt = tokens.jjwt();

    /** Signs them. */
    @Setup
    public void sign() {
      for (int i = 0; i < valid.length; i++) {
        valid[i] = tokens.field("token-" + i);
        forged[i] = others.field("token-" + i);
      }
      nimbus.proved(valid[0], forged[0]);
      javaJwt.proved(valid[0], forged[0]);
      jjwt.proved(valid[0], forged[0]);
    }
  }

  /** bcrypt. */
  @Benchmark
  public boolean bcrypt(Slow slow) {
    return slow.bcrypt.accepts(slow.token);
  }

  /** PBKDF2. */
  @Benchmark
  public boolean pbkdf2(Slow slow) {
    return slow.pbkdf2.accepts(slow.token);
  }

  /** One token, and its hashes. */
  @State(Scope.Benchmark)
  public static class Slow {
    private final String token = "cf_000000000000000000000000000000000000000000000000";
    private final Check bcrypt = Passwords.bcrypt(token).proved(token, token.replace('0', '1'));
    private final Check pbkdf2 = Passwords.pbkdf2(token).proved(token, token.replace('0', '1'));
  }
}
