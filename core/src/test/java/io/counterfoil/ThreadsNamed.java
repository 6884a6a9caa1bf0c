package io.counterfoil;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The threads with a name that were started since this object was created. */
final class ThreadsNamed {
  private static final long END_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private final String name;
  private final List<Thread> before;

  ThreadsNamed(String name) {
    this.name = name;
    this.before = named().toList();
  }

  /** Returns the threads that are alive now, without waiting. */
  List<Thread> now() {
    return named().filter(thread -> !before.contains(thread)).toList();
  }

  /** Returns the threads that are still alive after 2 seconds. A thread without work ends within that time. */
  List<Thread> living() {
    return now().stream().filter(ThreadsNamed::stays).toList();
  }

  private Stream<Thread> named() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name));
  }

  private static boolean stays(Thread thread) {
    try {
      thread.join(END_TIMEOUT_MILLIS);
      return thread.isAlive();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
