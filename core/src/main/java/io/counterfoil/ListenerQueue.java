package io.counterfoil;

import io.counterfoil.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Tells one listener what happened, in order, on a thread of its own: one that throws or hangs spoils nothing that has already
 * happened, and keeps no other from hearing it.
 *
 * <p>A thread is there while there is something to tell. What a listener is too slow for is left out, and the log says how
 * much. Verdicts never take the last places: no flood of them keeps a change from being heard.
 */
final class ListenerQueue {
  static final int PLACES = 10_000;
  static final int PLACES_FOR_CHANGES = 1_000;

  private static final Duration IDLE = Duration.ofSeconds(10);

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
        work -> DaemonThreads.daemon("counterfoil-listener", work),
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
    } catch (Throwable failure) {
      report(log ->
          log.warn("A token listener failed; the operation that it was told of stands", failure));
    }
    reportLeftOut();
  }

  private void reportLeftOut() {
    long lost = leftOut.sumThenReset();
    if (lost > 0) {
      report(log -> log.warn("A token listener is too slow: {} events were left out", lost));
    }
  }

  /** A full disk may break the log like the listener before it. */
  private static void report(Consumer<Logger> line) {
    try {
      line.accept(Log.ofManager());
    } catch (Throwable nowhereToSayIt) {
      // the operation stands all the same
    }
  }

  /** Lets the thread end when it has told what is still to be told. */
  void end() {
    teller.shutdown();
  }

  /** Waits for the end as long as patience allows, and then gives up on a listener that hangs. */
  void awaitEnd(Duration patience) {
    Threads.awaitEnd(teller, patience);
    reportLeftOut();
  }
}
