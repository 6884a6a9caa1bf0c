package io.counterfoil;

import io.counterfoil.StoredToken.Use;
import io.counterfoil.internal.DaemonThreads;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records when tokens were last used. It writes in batches, on a separate thread.
 *
 * <p>The first use after a pause starts an interval. At the end of the interval, each token that was used in it is written once.
 * If half of the maximum number of tokens are waiting, they are written at once. A use never waits for the store. If the store
 * fails or is too slow and too many tokens are waiting, the use is dropped and counted.
 *
 * <p>The writer thread ends after an interval without a use. So a manager that was never closed can be garbage-collected.
 */
final class UseRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(UseRecorder.class);

  /** The maximum number of tokens that wait to be written. They take about 5 MB. */
  static final int MOST_WAITING = 50_000;

  /** The number of waiting tokens that are written at once. The rest of the space is for uses during that write. */
  private static final int WRITE_EARLY = MOST_WAITING / 2;

  /** The longest time until a failed early write is repeated. Meanwhile, the space for further tokens may become full. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** The difference of the clocks of two nodes that is considered normal. */
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  /** How long a successful write proves that the store records uses. */
  private static final Duration PROOF = Duration.ofMinutes(1);

  private static final int BATCH = 500;

  private final TokenStore store;
  private final Clock clock;
  private final Duration interval;
  private final Listeners listeners;
  private final boolean withAddresses;
  private final ConcurrentHashMap<Long, Use> waiting = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final ScheduledThreadPoolExecutor writer;
  private final FailureLog failures = new FailureLog(
      LOG, "The store did not record when tokens were last used; trying again later");
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  /** Whether an early write has been requested and has not succeeded yet. */
  private final AtomicBoolean isEarly = new AtomicBoolean();

  private volatile boolean isClosed;

  /** Whether the last write failed, or a use was dropped since then, or no write could be started. */
  private volatile boolean isFailing;

  /** When the store last accepted a write. */
  private volatile Instant lastWritten = Instant.MIN;

  /** When the write in progress began; the distant future if there is none. */
  private volatile Instant writingSince = Instant.MAX;

  private final ReentrantLock proofs = new ReentrantLock();

  UseRecorder(
      TokenStore store,
      Clock clock,
      Duration interval,
      boolean withAddresses,
      Listeners listeners) {
    this(
        store,
        clock,
        interval,
        withAddresses,
        listeners,
        work -> DaemonThreads.daemon("counterfoil-uses", work));
  }

  UseRecorder(
      TokenStore store,
      Clock clock,
      Duration interval,
      boolean withAddresses,
      Listeners listeners,
      ThreadFactory threads) {
    this.store = store;
    this.clock = clock;
    this.interval = interval;
    this.withAddresses = withAddresses;
    this.listeners = listeners;
    this.writer = new ScheduledThreadPoolExecutor(1, threads);
    writer.setKeepAliveTime(interval.toNanos(), TimeUnit.NANOSECONDS);
    writer.allowCoreThreadTimeOut(true);
    // A shutdown cancels the write at the end of the interval, and runs those that are due.
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Notes a use in memory. If a token is used several times within one second, only the first use is noted. So threads that use
   * the same token do not wait for each other. Does nothing after {@link #close}.
   */
  void record(long id, Instant at, Supplier<Optional<InetAddress>> address) {
    Use known = waiting.get(id);
    if (isClosed || (known != null && at.getEpochSecond() <= known.at().getEpochSecond())) {
      return;
    }
    if (known == null && waiting.mappingCount() >= MOST_WAITING) {
      dropped.increment();
      isFailing = true;
    } else {
      waiting.merge(id, new Use(at, text(address)), UseRecorder::later);
    }
    schedule();
    if (known == null && waiting.mappingCount() >= WRITE_EARLY) {
      writeEarly();
    }
  }

  /** An address that cannot be determined must not prevent the use from being recorded. */
  private Optional<String> text(Supplier<Optional<InetAddress>> address) {
    if (!withAddresses) {
      return Optional.empty();
    }
    try {
      return address.get().map(AddressRange::text);
    } catch (Throwable unknown) {
      return Optional.empty();
    }
  }

  /** Returns whether uses may not be recorded: the last write failed or takes long, or a use was dropped since then. */
  boolean isFailing() {
    return isFailing || writingSince.isBefore(clock.instant().minus(interval));
  }

  /** Returns whether a use of the token waits to be written. */
  boolean isWaiting(long id) {
    return waiting.containsKey(id);
  }

  /**
   * Returns whether uses are recorded now. If the store has not accepted a write for a minute, for example because this node has
   * just been started, it is asked to record the use of a token that does not exist: a read-only database refuses that, too.
   */
  boolean isRecording() {
    if (isFailing() || isClosed) {
      return false;
    }
    proofs.lock(); // all callers need the result
    try {
      Instant now = clock.instant();
      if (lastWritten.isBefore(now.minus(PROOF))) {
        Use use = new Use(now, Optional.empty());
        store.recordUses(Map.of(StoredToken.UNSAVED, use), now.plus(MAX_CLOCK_DIFFERENCE));
        lastWritten = now;
      }
      return true;
    } catch (RuntimeException failure) {
      isFailing = true;
      failures.failed(failure);
      return false;
    } finally {
      proofs.unlock();
    }
  }

  private void schedule() {
    if (isScheduled.compareAndSet(false, true)) {
      submit(this::writeAtEnd, interval);
    }
  }

  /** Writes before the interval ends. If this fails, the store is not asked again at each use, but after a pause. */
  private void writeEarly() {
    if (isEarly.compareAndSet(false, true)) {
      submit(this::tryEarly, Duration.ZERO);
    }
  }

  /** Submits a write. If no thread can be started, the token is still accepted, and the next use tries again. */
  private void submit(Runnable write, Duration delay) {
    try {
      // Nobody needs the result: write() reports failures itself.
      Future<?> unused = writer.schedule(write, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (Throwable failure) {
      if (!writer.isShutdown()) { // otherwise the last writes are in the queue
        writer.getQueue().clear();
      }
      isFailing = true;
      isScheduled.set(false);
      isEarly.set(false);
    }
  }

  private void writeAtEnd() {
    try {
      write();
    } finally {
      isScheduled.set(false);
      if (!waiting.isEmpty() && !isClosed) {
        schedule();
      }
    }
  }

  private void tryEarly() {
    boolean isDone = false;
    try {
      isDone = write();
    } finally {
      if (isDone || isClosed) {
        isEarly.set(false);
      } else {
        submit(this::tryEarly, interval.compareTo(RETRY) < 0 ? interval : RETRY);
      }
    }
  }

  /** Writes the waiting uses. A use that arrives during the write belongs to the next one. Returns false if the store fails. */
  private boolean write() {
    writingSince = clock.instant();
    try {
      return writeWaiting();
    } finally {
      writingSince = Instant.MAX;
      reportDropped();
    }
  }

  private boolean writeWaiting() {
    Instant now = clock.instant();
    Instant latestPlausible = now.plus(MAX_CLOCK_DIFFERENCE);
    List<Long> ids = new ArrayList<>(waiting.keySet());
    for (int from = 0; from < ids.size(); from += BATCH) {
      Map<Long, Use> batch = take(ids.subList(from, Math.min(from + BATCH, ids.size())));
      // The clock was set back after these uses.
      batch.replaceAll(
          (id, use) -> use.at().isAfter(latestPlausible) ? new Use(now, use.from()) : use);
      try {
        store.recordUses(batch, latestPlausible);
      } catch (Throwable failure) {
        batch.forEach((id, use) -> waiting.merge(id, use, UseRecorder::later));
        isFailing = true;
        failures.failed(failure);
        listeners.publish(new TokenEvent.StoreFailed(Origin.SYSTEM, failure));
        return false;
      }
      failures.succeeded();
    }
    isFailing = false;
    lastWritten = now;
    return true;
  }

  private void reportDropped() {
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      OncePerSecond.logNow(
          () -> LOG.warn("{} uses of tokens were not recorded: the store was too slow", lost));
      listeners.publish(new TokenEvent.UsesDropped(lost));
    }
  }

  private Map<Long, Use> take(List<Long> ids) {
    Map<Long, Use> batch = new TreeMap<>();
    for (Long id : ids) {
      Use use = waiting.remove(id);
      if (use != null) {
        batch.put(id, use);
      }
    }
    return batch;
  }

  private static Use later(Use one, Use other) {
    return one.at().isAfter(other.at()) ? one : other;
  }

  /**
   * Writes the waiting uses and ends the thread. If the store fails, it is asked once more. A store that hangs is not
   * interrupted, because an interrupt would break a database that runs in this process.
   *
   * @param timeout the longest time to wait for the store
   */
  void close(Duration timeout) {
    isClosed = true;
    if (isScheduled.get() || !waiting.isEmpty()) {
      writeNow();
    }
    writer.shutdown();
    if (!Termination.await(writer, timeout) || !waiting.isEmpty()) {
      LOG.warn("The store did not record the last uses of tokens; they may be lost");
    }
  }

  private void writeNow() {
    try {
      writer.execute(this::writeAtEnd);
      writer.execute(() -> {
        if (!waiting.isEmpty()) {
          writeAtEnd();
        }
      });
    } catch (RejectedExecutionException closedAlready) {
      // the first call of close() writes
    } catch (Throwable failure) {
      writer.getQueue().clear(); // no thread can be started, and none will be
    }
  }
}
