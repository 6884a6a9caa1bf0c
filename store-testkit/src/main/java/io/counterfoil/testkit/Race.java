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
 * Many callers that are let go at the same moment, in their order as far as the scheduler keeps it.
 *
 * <p>The threads that call wait a moment for the next round before they end: to start them costs more than most rounds.
 */
final class Race {
  static final int CALLERS = 32;

  /** How often a test repeats a race: whether two callers meet in one is chance. */
  static final int ROUNDS = Effort.times(10);

  /** Long for a store that works, short for a build that hangs. */
  private static final int PATIENCE = 60;

  private static final int UNTIL_THE_NEXT_ROUND = 5;

  private static final ExecutorService THREADS = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      UNTIL_THE_NEXT_ROUND,
      SECONDS,
      new SynchronousQueue<>(),
      DaemonThreads::create);

  private Race() {}

  /** Returns what each of {@link #CALLERS} callers got, in their order. */
  static <T> List<T> of(IntFunction<T> caller) throws InterruptedException {
    return between(IntStream.range(0, CALLERS)
        .mapToObj(i -> (Callable<T>) () -> caller.apply(i))
        .toList());
  }

  /** Returns what each caller got, in their order. A caller that throws or hangs fails the test. */
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
      running.forEach(caller -> caller.cancel(true)); // one that hangs
    }
  }

  private static <T> List<T> results(List<Future<T>> running) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> caller : running) {
      try {
        results.add(caller.get(PATIENCE, SECONDS));
      } catch (ExecutionException e) {
        throw new AssertionError("a caller failed", e.getCause());
      } catch (TimeoutException e) {
        throw new AssertionError("a caller did not come back within " + PATIENCE + " s", e);
      }
    }
    return results;
  }
}
