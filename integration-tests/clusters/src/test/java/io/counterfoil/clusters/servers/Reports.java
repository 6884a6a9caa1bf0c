package io.counterfoil.clusters.servers;

import java.time.Duration;

/** Lines in the output of the build. */
final class Reports {
  private Reports() {}

  /** Prints how long something took. */
  static void time(String event, long beginNanos) {
    System.err.printf(
        "%s after %.1f s%n",
        event, Duration.ofNanos(System.nanoTime() - beginNanos).toMillis() / 1000.0);
  }
}
