package io.counterfoil.benchmarks.speed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.Verdict;
import io.counterfoil.benchmarks.peers.HexTexts;
import io.counterfoil.http.BearerAuthenticator;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a verdict costs over tokens in memory, beside its hash alone, and beside what everybody writes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Authentication {

  /** D: the SHA-256 of one token of 51 characters, by a digest that is there already. */
  @Benchmark
  public byte[] hashAlone(Digest digest) throws DigestException {
    digest.sha256.update(digest.token);
    digest.sha256.digest(digest.hash, 0, digest.hash.length);
    return digest.hash;
  }

  /** A digest, and what it reads and writes. */
  @State(Scope.Thread)
  public static class Digest {
    private final byte[] token =
        "cf_000000000000000000000000000000000000000000000000".substring(0, 51).getBytes(US_ASCII);
    private final byte[] hash = new byte[32];
    private final MessageDigest sha256 = Authentication.sha256();
  }

  /** A digest for each call, the hash as a text, a map: no shape, no checksum, no verdict. */
  @Benchmark
  public @Nullable String mapOfHexTexts(Texts texts, Tokens tokens, Tokens.Turn turn) {
    return texts.names.of(tokens.known(turn));
  }

  /** The hashes of the tokens as texts. */
  @State(Scope.Benchmark)
  public static class Texts {
    private final HexTexts names = new HexTexts();

    /** Takes the tokens that are asked for, and as many others. */
    @Setup
    public void fill(Tokens tokens) {
      tokens.copyTo(names::add);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token that is there. */
  @Benchmark
  public Verdict known(Tokens tokens, Tokens.Turn turn) {
    return tokens.plain.authenticate(tokens.known(turn));
  }

  /** A token that is there, at a manager that records uses. */
  @Benchmark
  public Verdict knownAndRecorded(Tokens tokens, Tokens.Turn turn) {
    return tokens.recording.authenticate(tokens.known(turn));
  }

  /** A token that is there, found in a cache before that store. */
  @Benchmark
  public Verdict knownInCache(CachedTokens cached, Tokens tokens, Tokens.Turn turn) {
    return cached.manager.authenticate(tokens.known(turn));
  }

  /** A token that is not there. */
  @Benchmark
  public Verdict unknown(Tokens tokens, Tokens.Turn turn) {
    return tokens.plain.authenticate(tokens.unknown(turn));
  }

  /** A character that no token has. */
  @Benchmark
  public Verdict malformed(Tokens tokens, Tokens.Turn turn) {
    return tokens.plain.authenticate(tokens.malformed(turn));
  }

  /** A typing error. */
  @Benchmark
  public Verdict badChecksum(Tokens tokens, Tokens.Turn turn) {
    return tokens.plain.authenticate(tokens.mistyped(turn));
  }

  /** The check of a whole field {@code Authorization}. */
  @Benchmark
  public BearerAuthenticator.Outcome fieldOfKnown(Fields fields, Tokens tokens, Tokens.Turn turn) {
    return fields.check.check(List.of("Bearer " + tokens.known(turn)));
  }

  /** The check of a whole field {@code Authorization} with a token that is not there. */
  @Benchmark
  public BearerAuthenticator.Outcome fieldOfUnknown(
      Fields fields, Tokens tokens, Tokens.Turn turn) {
    return fields.check.check(List.of("Bearer " + tokens.unknown(turn)));
  }

  /** The check of the field. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
  public static class Fields {
    private BearerAuthenticator check;

    /** Makes one over the tokens. */
    @Setup
    public void make(Tokens tokens) {
      check = BearerAuthenticator.builder(tokens.plain).build();
    }
  }
}
