package io.counterfoil;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener what happened, in order, on a thread of its own: one that throws or hangs spoils nothing that has already
 * happened, and keeps no other from hearing it.
 *
 * <p>A thread is there while there is something to tell. What a listener is too slow for is left out, and the log says how
 * much. Verdicts never take the last places: no flood of them keeps a change from being heard.
 */
final class ListenerQueue implements AutoCloseable {
  static final int PLACES = 10_000;
  static final int PLACES_FOR_CHANGES = 1_000;

  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

  private final TokenListener listener;
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(PLACES);
  private final LongAdder leftOut = new LongAdder();
  private final ThreadPoolExecutor teller;

  ListenerQueue(TokenListener listener) {
    this.listener = listener;
    this.teller = new ThreadPoolExecutor(
        1,
        1,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        queue,
        work -> Threads.daemon("counterfoil-listener", work),
        (refused, executor) -> leftOut.increment());
    teller.allowCoreThreadTimeOut(true);
  }

  /** Tells of a verdict, of which there may be many. */
  void tellVerdict(Consumer<TokenListener> event) {
    if (queue.remainingCapacity() > PLACES_FOR_CHANGES) {
      tell(event);
    } else {
      leftOut.increment();
    }
  }

  /** Tells of a change. A failure to start a thread must not lose a plaintext just made. */
  void tell(Consumer<TokenListener> event) {
    try {
      teller.execute(() -> deliver(event));
    } catch (Throwable failure) {
      leftOut.increment();
    }
  }

  private void deliver(Consumer<TokenListener> event) {
    try {
      event.accept(listener);
      long lost = leftOut.sumThenReset();
      if (lost > 0) {
        LOG.warn("A token listener is too slow: {} events were left out", lost);
      }
    } catch (Throwable failure) {
      report(failure);
    }
  }

  /** A full disk may break the log like the listener before it. */
  private static void report(Throwable failure) {
    try {
      LOG.warn("A token listener failed; the operation that it was told of stands", failure);
    } catch (Throwable nowhereToSayIt) {
      // the operation stands all the same
    }
  }

  /** Tells what is still to be told, and ends the thread; gives up on a listener that hangs. */
  @Override
  public void close() {
    teller.shutdown();
    Threads.awaitEnd(teller, PATIENCE);
  }
}
