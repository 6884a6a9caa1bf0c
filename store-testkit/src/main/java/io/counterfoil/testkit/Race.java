package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Runs several callers at the same time.
 *
 * <p>Threads are reused, because starting them takes longer than most rounds.
 */
final class Race {
  static final int CALLERS = 32;

  /** The number of times that a test repeats a race. In a single race, two calls overlap only by chance. */
  static final int ROUNDS = Effort.times(10);

  /** Long enough for a correct store on a busy machine. */
  private static final int TIMEOUT_SECONDS = 60;

  private static final int IDLE_SECONDS = 5;

  private static final ExecutorService THREADS = new ThreadPoolExecutor(
      0, Integer.MAX_VALUE, IDLE_SECONDS, SECONDS, new SynchronousQueue<>(), DaemonThreads::create);

  private Race() {}

  /** Runs {@link #CALLERS} callers, numbered from 0, and returns their results in that order. */
  static <T> List<T> of(IntFunction<T> caller) throws InterruptedException {
    return between(IntStream.range(0, CALLERS)
        .mapToObj(i -> (Callable<T>) () -> caller.apply(i))
        .toList());
  }

  /** Runs these callers and returns their results in the same order. A caller that throws or hangs fails the test. */
  static <T> List<T> between(List<Callable<T>> callers) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(callers.size());
    CountDownLatch go = new CountDownLatch(1);
    List<Future<T>> running = new ArrayList<>();
    try {
      for (Callable<T> caller : callers) {
        running.add(THREADS.submit(() -> {
          ready.countDown();
          go.await();
          return caller.call();
        }));
      }
      ready.await();
      go.countDown();
      return results(running);
    } finally {
      running.forEach(caller -> caller.cancel(true)); // stops a caller that hangs
    }
  }

  private static <T> List<T> results(List<Future<T>> running) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> caller : running) {
      try {
        results.add(caller.get(TIMEOUT_SECONDS, SECONDS));
      } catch (ExecutionException e) {
        throw new AssertionError("a caller failed", e.getCause());
      } catch (TimeoutException e) {
        throw new AssertionError(
            "a caller did not return within " + TIMEOUT_SECONDS + " seconds", e);
      }
    }
    return results;
  }
}
