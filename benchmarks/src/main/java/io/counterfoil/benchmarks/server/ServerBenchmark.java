package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.server.LoadTest.Length;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Measures the cost of filters in a whole server, and prints a table for each container. */
public final class ServerBenchmark {
  private static final int ROUNDS = 20;
  private static final int WARM_UP = 100_000;
  private static final int MILLIS = 1000;
  private static final int TOKENS = 10_000;

  private ServerBenchmark() {}

  /** Takes the number of rounds, 20 by default. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    for (ServletContainer container : ServletContainer.values()) {
      System.out.println(new ResultTable(
          container, LoadTest.run(container, new Length(rounds, WARM_UP, MILLIS, TOKENS))));
    }
  }
}
