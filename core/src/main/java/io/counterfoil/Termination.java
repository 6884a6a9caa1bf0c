package io.counterfoil;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits for executors. An interrupt does not cut the wait short, because it must not lose an acknowledged change. */
final class Termination {
  private Termination() {}

  /** Returns whether an executor that was shut down has done its work within that time. */
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
