package io.counterfoil;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads that the library has started. */
final class OwnThreads {
  private static final long MOMENT = TimeUnit.SECONDS.toMillis(2);

  private OwnThreads() {}

  /** Returns those that are there and stay: one that has done its work takes a moment to be gone. */
  static List<Thread> named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .filter(OwnThreads::stays)
        .toList();
  }

  private static boolean stays(Thread thread) {
    try {
      thread.join(MOMENT);
      return thread.isAlive();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
