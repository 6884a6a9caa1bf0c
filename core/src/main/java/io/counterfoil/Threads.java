package io.counterfoil;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The few threads of the library, and how to wait for them: an interrupt does not cut the wait short, for what was acknowledged
 * is to be written all the same; it is there again afterwards.
 */
final class Threads {
  private Threads() {}

  /** Says whether the latch was open within that time. */
  static boolean await(CountDownLatch latch, Duration patience) {
    return waited(patience, nanos -> latch.await(nanos, TimeUnit.NANOSECONDS));
  }

  /** Says whether a thread has ended within that time. */
  static boolean join(Thread thread, Duration patience) {
    return waited(patience, nanos -> {
      TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
      return !thread.isAlive();
    });
  }

  /** Says whether an executor that is shut down has done its work within that time. */
  static boolean awaitEnd(ExecutorService executor, Duration patience) {
    return waited(patience, nanos -> executor.awaitTermination(nanos, TimeUnit.NANOSECONDS));
  }

  private static boolean waited(Duration patience, Wait wait) {
    long end = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.forNanos(end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FunctionalInterface
  private interface Wait {
    boolean forNanos(long nanos) throws InterruptedException;
  }
}
