package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.server.LoadTest.Length;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Measures the cost of filters in a whole server, and prints a table for each container. */
public final class ServerBenchmark {
  private static final int ROUNDS = 31;
  private static final int WARM_UP = 500_000;
  private static final int MILLIS = 1000;
  private static final int TOKENS = 10_000;

  private ServerBenchmark() {}

  /** Takes the names of containers, all by default. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    System.out.printf(
        "Java %s, %d processors%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    ServletContainer[] containers = args.length == 0
        ? ServletContainer.values()
        : Stream.of(args)
            .map(name -> ServletContainer.valueOf(name.toUpperCase(Locale.ROOT)))
            .toArray(ServletContainer[]::new);
    for (ServletContainer container : containers) {
      System.out.println(new ResultTable(
          container, LoadTest.run(container, new Length(ROUNDS, WARM_UP, MILLIS, TOKENS))));
    }
  }
}
