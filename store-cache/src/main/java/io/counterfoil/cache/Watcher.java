package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.TokenStore;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a cache forget what it has kept when the store tells of changes.
 *
 * <p>News come when a change is there to be read. Whatever is read from then on is kept, for it is asked for after all that was
 * read before has ended; what was asked for until then and comes late has ended with it.
 */
final class Watcher {
  /** So many times within the lag the store is asked for news, or everything is forgotten, at most. */
  private static final int PARTS_OF_LAG = 10;

  /** Whoever is told of a change at once, as PostgreSQL tells it, is not told of the next one before so long. */
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(CachedTokenStore.class);

  private final TokenStore store;

  /** Of a cache that nobody refers to: then nothing is to be forgotten any more. */
  private final WeakReference<Changes> changes;

  private final long partOfLag;
  private final long interval;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = daemon();
  private boolean isFailing;
  private boolean isAllToEnd;
  private long allMayEndAt = System.nanoTime();

  /** Made by the thread, and closed by whoever comes first. */
  private volatile Optional<ChangeWatch> watch = Optional.empty();

  Watcher(TokenStore store, Changes changes, long lagNanos) {
    this.store = store;
    this.changes = new WeakReference<>(changes);
    this.partOfLag = Math.max(SHORTEST.toNanos(), lagNanos / PARTS_OF_LAG);
    this.interval = Math.min(LONGEST.toNanos(), partOfLag);
  }

  /** Keeps no process alive, and nothing of the application that happened to make it. */
  private Thread daemon() {
    Thread daemon = new Thread(null, this::run, "counterfoil-cache-watch", 0, false);
    daemon.setDaemon(true);
    daemon.setContextClassLoader(Watcher.class.getClassLoader());
    return daemon;
  }

  /** Starts to watch, unless the store has no watch. Where it cannot say so now, it is asked again later. */
  void start() {
    try {
      watch = store.watch();
      if (watch.isEmpty()) {
        return;
      }
    } catch (RuntimeException failure) {
      LOG.warn("Whether the token store has a watch is not known; it will be asked again", failure);
    }
    thread.start();
  }

  private void run() {
    try {
      while (isNeeded()) {
        lookOrRest();
      }
    } catch (InterruptedException e) {
      // whoever interrupts it wants it to end
    } finally {
      closeWatch();
    }
  }

  private boolean isNeeded() {
    return closing.getCount() > 0 && changes.get() != null;
  }

  /** Goes on after a failure: the next news are of all that has changed since the last ones. */
  private void lookOrRest() throws InterruptedException {
    try {
      look();
      isFailing = false;
    } catch (RuntimeException failure) {
      if (!isFailing && isNeeded()) {
        LOG.warn(
            "The token store does not tell of changes: those of other nodes are noticed when the lag is over",
            failure);
      }
      isFailing = true;
      forget(Changed.NONE); // what it has told before may have waited for its turn until now
      rest(interval);
    }
  }

  private void look() throws InterruptedException {
    if (watch.isEmpty()) {
      watch = store.watch();
      if (watch.isEmpty()) {
        closing.countDown();
        return;
      }
      forget(Changed.ANY); // nobody has told of what was changed before
    }
    Changed changed = watch.get().awaitChange(Duration.ofNanos(interval));
    forget(changed);
    if (!changed.isNone()) {
      rest(SHORTEST.toNanos());
    }
  }

  /** Single tokens at once. Everything may wait for its turn, since all that is in use will be asked for then. */
  private void forget(Changed changed) {
    Changes present = changes.get();
    if (present == null) {
      return;
    }
    changed.ids().forEach(id -> present.end(Changes.slotOfToken(id)));
    isAllToEnd |= changed.any();
    long now = System.nanoTime();
    if (isAllToEnd && now - allMayEndAt >= 0) {
      present.end(Changes.ALL);
      isAllToEnd = false;
      allMayEndAt = now + partOfLag;
    }
  }

  private void rest(long nanos) throws InterruptedException {
    closing.await(nanos, NANOSECONDS);
  }

  private void closeWatch() {
    try {
      watch.ifPresent(ChangeWatch::close);
    } catch (RuntimeException failure) {
      LOG.warn("The watch on the token store cannot be closed", failure);
    }
  }

  /** Ends the thread without an interrupt, which would break a database in this process. */
  void end() {
    closing.countDown();
    closeWatch();
    boolean isInterrupted = false;
    long end = System.nanoTime() + PATIENCE.toNanos();
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
      LOG.warn("The token store did not answer in time; nobody waits for it any more");
    }
  }
}
