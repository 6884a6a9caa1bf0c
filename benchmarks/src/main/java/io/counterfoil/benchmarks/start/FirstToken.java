package io.counterfoil.benchmarks.start;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;

/** A process that makes a token of its own, for which it needs chance, has it judged, and ends. */
final class FirstToken {
  private FirstToken() {}

  public static void main(String[] arguments) {
    long begin = System.nanoTime();
    TokenManager manager = TokenManager.builder(new InMemoryTokenStore()).build();
    String plaintext = manager.create(NewToken.named("a")).reveal();
    boolean isAccepted = manager.authenticate(plaintext) instanceof Verdict.Accepted;
    long end = System.nanoTime();
    if (!isAccepted) {
      throw new IllegalStateException();
    }
    System.out.println(end - begin);
  }
}
