package io.counterfoil;

import io.counterfoil.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one listener, in order and on a thread of its own. A listener that throws or hangs affects neither the
 * operation, which has already happened, nor other listeners.
 *
 * <p>The thread exists while there are events to deliver. If the listener is too slow, events are dropped, and the log says
 * how many, at most once per second. Verdicts never take the last places in the queue, so that a flood of them does not cause
 * changes to be dropped.
 */
final class ListenerQueue {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);

  static final int CAPACITY = 10_000;
  static final int RESERVED_FOR_CHANGES = 1_000;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final TokenListener listener;
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(CAPACITY);
  private final LongAdder dropped = new LongAdder();
  private final OncePerSecond failures = new OncePerSecond(System::nanoTime);
  private final OncePerSecond drops = new OncePerSecond(System::nanoTime);
  private final ThreadPoolExecutor executor;

  ListenerQueue(TokenListener listener) {
    this.listener = listener;
    this.executor = new ThreadPoolExecutor(
        1,
        1,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        queue,
        work -> DaemonThreads.daemon("counterfoil-listener", work),
        (refused, self) -> dropped.increment());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Adds an event. A verdict is dropped if only the places for changes are free. Never throws, because the caller must still
   * receive the plaintext that was just created.
   */
  void add(TokenEvent event) {
    if (event.isVerdict() && queue.remainingCapacity() <= RESERVED_FOR_CHANGES) {
      dropped.increment();
      return;
    }
    try {
      executor.execute(() -> deliver(event));
    } catch (Throwable failure) {
      dropped.increment();
    }
  }

  private void deliver(TokenEvent event) {
    try {
      listener.on(event);
    } catch (Throwable failure) {
      failures.log(
          () -> LOG.warn("A token listener failed; the operation itself succeeded", failure));
    }
    if (dropped.sum() > 0) {
      drops.log(this::reportDropped);
    }
  }

  private void reportDropped() {
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      LOG.warn("A token listener is too slow: {} events were dropped", lost);
    }
  }

  /** Lets the thread end after it has delivered the waiting events. */
  void shutdown() {
    executor.shutdown();
  }

  /** Waits until the thread has ended. If the listener hangs, waits no longer than the timeout. */
  void awaitTermination(Duration timeout) {
    Termination.await(executor, timeout);
    OncePerSecond.logNow(this::reportDropped);
  }
}
