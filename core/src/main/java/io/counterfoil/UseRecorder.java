package io.counterfoil;

import io.counterfoil.internal.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records when tokens were last used, in batches and off the request path.
 *
 * <p>The first use after a pause starts an interval. At its end, each token that was used in it is written once. A use never waits
 * for the store: if a failing store has let too many tokens pile up, the use is dropped and counted.
 *
 * <p>The thread that writes ends after an interval without a use, so that a manager that nobody closes can be collected.
 */
final class UseRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(UseRecorder.class);

  /** How many tokens may wait to be written. */
  static final int MOST_WAITING = 10_000;

  private static final int BATCH = 500;

  private final TokenStore store;
  private final Duration interval;
  private final LongConsumer onDropped;
  private final ConcurrentHashMap<Long, Instant> waiting = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final ScheduledThreadPoolExecutor writer;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private volatile boolean isClosed;

  UseRecorder(TokenStore store, Duration interval, LongConsumer onDropped) {
    this(store, interval, onDropped, work -> DaemonThreads.daemon("counterfoil-uses", work));
  }

  UseRecorder(TokenStore store, Duration interval, LongConsumer onDropped, ThreadFactory threads) {
    this.store = store;
    this.interval = interval;
    this.onDropped = onDropped;
    this.writer = new ScheduledThreadPoolExecutor(1, threads);
    writer.setKeepAliveTime(interval.toNanos(), TimeUnit.NANOSECONDS);
    writer.allowCoreThreadTimeOut(true);
  }

  /**
   * Notes a use in memory. Of the uses of a token within one second only the first is noted, so that threads that use the same
   * token do not wait for each other. Does nothing after {@link #close}.
   */
  void record(long id, Instant at) {
    Instant known = waiting.get(id);
    if (isClosed || (known != null && at.getEpochSecond() <= known.getEpochSecond())) {
      return;
    }
    if (known == null && waiting.mappingCount() >= MOST_WAITING) {
      dropped.increment();
    } else {
      waiting.merge(id, at, UseRecorder::later);
    }
    schedule();
  }

  /** If no thread can be started, the token is accepted nevertheless, and the next use tries again. */
  private void schedule() {
    if (isScheduled.compareAndSet(false, true)) {
      try {
        // Nobody needs the result: write() reports failures itself.
        Future<?> unused = writer.schedule(this::write, interval.toNanos(), TimeUnit.NANOSECONDS);
      } catch (Throwable failure) {
        writer.getQueue().clear();
        isScheduled.set(false);
      }
    }
  }

  private void write() {
    try {
      writeWaiting();
      reportDropped();
    } finally { // even if the log fails
      isScheduled.set(false);
      if (!waiting.isEmpty() && !isClosed) {
        schedule();
      }
    }
  }

  /** Writes the uses until now. A use that comes meanwhile is for the next interval. */
  private void writeWaiting() {
    List<Long> ids = new ArrayList<>(waiting.keySet());
    for (int from = 0; from < ids.size(); from += BATCH) {
      Map<Long, Instant> batch = take(ids.subList(from, Math.min(from + BATCH, ids.size())));
      try {
        store.recordUses(batch);
      } catch (Throwable failure) {
        batch.forEach((id, at) -> waiting.merge(id, at, UseRecorder::later));
        LOG.warn("The store did not record when tokens were used; it will be asked again", failure);
        return;
      }
    }
  }

  private void reportDropped() {
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      LOG.warn("{} uses of tokens were not recorded: the store was too slow", lost);
      onDropped.accept(lost);
    }
  }

  private Map<Long, Instant> take(List<Long> ids) {
    Map<Long, Instant> batch = new TreeMap<>();
    for (Long id : ids) {
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

  /**
   * Writes what is waiting and ends the thread. A store that hangs is not interrupted, because that would break a database in this
   * process.
   *
   * @param timeout how long to wait for the store
   */
  void close(Duration timeout) {
    isClosed = true;
    if (isScheduled.get() || !waiting.isEmpty()) {
      writer.getQueue().clear(); // the end of the interval need not come
      writeNow();
    }
    writer.shutdown();
    if (!Termination.await(writer, timeout)) {
      LOG.warn("The store did not record in time when tokens were used; the last uses may be lost");
    }
  }

  private void writeNow() {
    try {
      writer.execute(this::write);
    } catch (Throwable failure) {
      // closed before, or no thread can be started
    }
  }
}
