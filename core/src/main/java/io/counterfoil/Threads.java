package io.counterfoil;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The few threads of the library. */
final class Threads {
  private Threads() {}

  /** Makes a thread that keeps no process alive, and nothing of the application whose request happened to need it first. */
  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }

  /** Waits for the work of an executor that is shut down, for so long at most. */
  static void awaitEnd(ExecutorService executor, Duration patience) {
    try {
      executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
