package io.counterfoil.clusters.servers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state by asking for it again and again. */
public final class Polling {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Polling() {}

  /**
   * Asks until the answer is yes. An exception counts as no.
   *
   * @param state what is awaited, for the message
   * @return how long it took
   * @throws IllegalStateException if the limit passes; the last exception is the cause
   */
  public static Duration await(String state, Duration limit, Callable<Boolean> question) {
    long begin = System.nanoTime();
    while (true) {
      Exception last = null;
      try {
        if (question.call()) {
          return Duration.ofNanos(System.nanoTime() - begin);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IllegalStateException(
            state + ": not within " + TimeUnit.MILLISECONDS.toSeconds(limit.toMillis()) + " s",
            last);
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
