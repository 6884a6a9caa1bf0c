package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The first use of the library in a new JVM, compared with the first SHA-256 hash. Each call has its own process. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(20)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartupBenchmark {

  /** The baseline. */
  @Benchmark
  public byte[] firstHash() {
    return HexKeyMap.sha256().digest("cf_".getBytes(US_ASCII));
  }

  /** Creates a manager and a token, and authenticates it. */
  @Benchmark
  public Verdict firstAuthentication() {
    TokenManager manager = TokenManager.builder(new InMemoryTokenStore()).build();
    return manager.authenticate(manager.create(NewToken.named("a")).reveal());
  }
}
