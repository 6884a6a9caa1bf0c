package io.counterfoil;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits for executors. An interrupt does not shorten the wait, because it must not cause an acknowledged change to be lost. */
final class Termination {
  private Termination() {}

  /** Returns whether an executor that was shut down finished its work within the timeout. */
  static boolean await(ExecutorService executor, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
