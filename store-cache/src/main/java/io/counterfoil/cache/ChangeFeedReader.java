package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.TokenStore;
import io.counterfoil.internal.DaemonThreads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the store's change feed on a daemon thread, and invalidates the cached tokens that have changed.
 *
 * <p>The feed reports a change only when readers can see the change. A row that was requested before the report is invalidated,
 * even if the store's answer arrives later. A row that is requested after the report includes the change, and is kept.
 */
final class ChangeFeedReader {
  /**
   * The staleness bound is divided into this many parts. The feed is read at least once per part, and the whole cache is
   * invalidated at most once per part.
   */
  private static final int PARTS_OF_BOUND = 10;

  /** The shortest time between two reads, for a feed that reports each change at once, such as PostgreSQL's. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(10);

  private static final Duration MAX_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(CachedTokenStore.class);

  private final TokenStore store;

  /** Weak, so that a cache that is no longer referenced can be garbage-collected. The thread then ends. */
  private final WeakReference<ChangeVersions> versions;

  private final long partOfBound;
  private final long interval;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = DaemonThreads.daemon("counterfoil-cache-watch", this::run);
  private boolean isFailing;
  private boolean mustInvalidateAll;
  private long mayInvalidateAllAt = System.nanoTime();

  /** Set by the thread, and closed by the thread or by {@link #close}. */
  private volatile Optional<ChangeWatch> watch = Optional.empty();

  ChangeFeedReader(TokenStore store, ChangeVersions versions, long boundNanos) {
    this.store = store;
    this.versions = new WeakReference<>(versions);
    this.partOfBound = Math.max(MIN_INTERVAL.toNanos(), boundNanos / PARTS_OF_BOUND);
    this.interval = Math.min(MAX_INTERVAL.toNanos(), partOfBound);
  }

  /** Starts the thread, unless the store has no change feed. If the store fails now, the thread tries again. */
  void start() {
    try {
      watch = store.watch();
      if (watch.isEmpty()) {
        return;
      }
    } catch (RuntimeException failure) {
      LOG.warn("The change feed of the token store could not be opened; trying again", failure);
    }
    thread.start();
  }

  private void run() {
    try {
      while (isNeeded()) {
        readOrPause();
      }
    } catch (InterruptedException e) {
      // an interrupt is a request to end
    } finally {
      closeWatch();
    }
  }

  private boolean isNeeded() {
    return closing.getCount() > 0 && versions.get() != null;
  }

  /** Reads the feed once, and pauses if that fails. The next report then covers all changes since the last report. */
  private void readOrPause() throws InterruptedException {
    try {
      read();
      isFailing = false;
    } catch (RuntimeException failure) {
      if (!isFailing && isNeeded()) {
        LOG.warn(
            "The change feed of the token store failed: changes by other nodes are noticed when the staleness bound ends",
            failure);
      }
      isFailing = true;
      invalidate(Changed.NONE); // an earlier report may still be pending
      pause(interval);
    }
  }

  private void read() throws InterruptedException {
    if (watch.isEmpty()) {
      watch = store.watch();
      if (watch.isEmpty()) {
        closing.countDown();
        return;
      }
      invalidate(Changed.ANY); // changes made before were not reported
    }
    Changed changed = watch.get().awaitChange(Duration.ofNanos(interval));
    invalidate(changed);
    if (!changed.isNone()) {
      pause(MIN_INTERVAL.toNanos());
    }
  }

  /**
   * Invalidates single tokens at once. Invalidates all tokens only at intervals, because each token in use is then read from
   * the store.
   */
  private void invalidate(Changed changed) {
    ChangeVersions present = versions.get();
    if (present == null) {
      return;
    }
    changed.ids().forEach(id -> present.invalidate(ChangeVersions.slotOfToken(id)));
    mustInvalidateAll |= changed.any();
    long now = System.nanoTime();
    if (mustInvalidateAll && now - mayInvalidateAllAt >= 0) {
      present.invalidate(ChangeVersions.ALL);
      mustInvalidateAll = false;
      mayInvalidateAllAt = now + partOfBound;
    }
  }

  private void pause(long nanos) throws InterruptedException {
    closing.await(nanos, NANOSECONDS);
  }

  private void closeWatch() {
    try {
      watch.ifPresent(ChangeWatch::close);
    } catch (RuntimeException failure) {
      LOG.warn("The change feed of the token store could not be closed", failure);
    }
  }

  /** Ends the thread without an interrupt, because an interrupt would break a database that runs in this process. */
  void close() {
    closing.countDown();
    closeWatch();
    boolean isInterrupted = false;
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    while (thread.isAlive() && System.nanoTime() - end < 0) {
      try {
        NANOSECONDS.timedJoin(thread, end - System.nanoTime());
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("The token store did not answer within {}; no longer waiting for it", CLOSE_TIMEOUT);
    }
  }
}
