package io.counterfoil.benchmarks.wire;

import io.counterfoil.benchmarks.wire.Contest.Effort;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Measures what a filter costs a whole server, beside a filter that does nothing, and prints a table for each container. */
public final class Wire {
  private static final int ROUNDS = 20;
  private static final int WARM_UP = 100_000;
  private static final int MILLIS = 1000;
  private static final int TOKENS = 10_000;

  private Wire() {}

  /** Takes the number of rounds, or nothing for the usual. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    for (Container container : Container.values()) {
      System.out.println(new WireTable(
          container, Contest.run(container, new Effort(rounds, WARM_UP, MILLIS, TOKENS))));
    }
  }
}
