package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when tokens were used, off the path of requests.
 *
 * <p>The first use after a pause starts an interval; at its end, one write for each token says when it was used last. A use
 * waits for nobody: where a failing store has let too many tokens pile up, it is dropped and counted.
 */
final class UseRecorder implements AutoCloseable {
  /** How many tokens may wait to be written. */
  static final int MOST_WAITING = 10_000;

  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

  private final TokenStore store;
  private final Duration interval;
  private final LongConsumer onDropped;
  private final ConcurrentHashMap<Long, Instant> waiting = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean isDue = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** Has no thread before its first task. */
  private final ScheduledThreadPoolExecutor writer =
      new ScheduledThreadPoolExecutor(1, work -> Threads.daemon("counterfoil-uses", work));

  UseRecorder(TokenStore store, Duration interval, LongConsumer onDropped) {
    this.store = store;
    this.interval = interval;
    this.onDropped = onDropped;
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Notes a use, in memory; after {@link #close} does nothing. */
  void used(long id, Instant at) {
    Instant known = waiting.get(id);
    if (isClosed.get() || (known != null && !at.isAfter(known))) {
      return;
    }
    if (known == null && waiting.mappingCount() >= MOST_WAITING) {
      dropped.increment();
    } else {
      waiting.merge(id, at, UseRecorder::later);
    }
    writeLater();
  }

  private void writeLater() {
    if (!isDue.get() && isDue.compareAndSet(false, true)) {
      try {
        var unused = writer.schedule(this::write, interval.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closedMeanwhile) {
        // what was noted before, close has written
      }
    }
  }

  /** Due again before the first is taken: a use that comes too late for this time is in time for the next. */
  private void write() {
    isDue.set(false);
    Map<Long, Instant> batch = take();
    try {
      while (!batch.isEmpty()) {
        store.recordUses(batch);
        batch = take();
      }
    } catch (Throwable failure) {
      batch.forEach((id, at) -> waiting.merge(id, at, UseRecorder::later));
      LOG.warn("The store did not note when tokens were used; it will be asked again", failure);
      writeLater();
    }
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      onDropped.accept(lost);
    }
  }

  private Map<Long, Instant> take() {
    Map<Long, Instant> batch = new TreeMap<>();
    Iterator<Long> ids = waiting.keySet().iterator();
    while (ids.hasNext() && batch.size() < BATCH) {
      Long id = ids.next();
      Instant at = waiting.remove(id);
      if (at != null) {
        batch.put(id, at);
      }
    }
    return batch;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Writes what waits, and ends the thread. Gives up on a store that hangs; an interrupt would break a database in this process. */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    if (!waiting.isEmpty() || dropped.sum() > 0) {
      await(writer.submit(this::write));
    }
    writer.shutdown();
    Threads.awaitEnd(writer, PATIENCE);
  }

  private static void await(Future<?> last) {
    try {
      last.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("The store did not note when tokens were used before the manager was closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
