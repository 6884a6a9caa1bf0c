package io.counterfoil;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The threads of a name that the library has started since. */
final class OwnThreads {
  private static final long MOMENT = TimeUnit.SECONDS.toMillis(2);

  private final String name;
  private final List<Thread> before;

  OwnThreads(String name) {
    this.name = name;
    this.before = named().toList();
  }

  /** Returns those that are there and stay: one that has done its work takes a moment to be gone. */
  List<Thread> living() {
    return named()
        .filter(thread -> !before.contains(thread))
        .filter(OwnThreads::stays)
        .toList();
  }

  private Stream<Thread> named() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name));
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
