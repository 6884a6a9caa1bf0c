package io.counterfoil.benchmarks.start;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Instant;

/** A process that puts one token into a store in memory, by its hash, has its plaintext judged, and ends. */
final class FirstAuthentication {
  private FirstAuthentication() {}

  public static void main(String[] arguments) {
    long begin = System.nanoTime();
    TokenManager manager = TokenManager.builder(new InMemoryTokenStore()).build();
    manager.importHashed(NewToken.named("a"), arguments[1], true, Instant.EPOCH);
    boolean isAccepted = manager.authenticate(arguments[0]) instanceof Verdict.Accepted;
    long end = System.nanoTime();
    if (!isAccepted) {
      throw new IllegalStateException();
    }
    System.out.println(end - begin);
  }
}
