package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import io.counterfoil.TokenStoreException;
import io.counterfoil.internal.DaemonThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces committed changes to the watches of all nodes: adds them to the change counter, on a thread of its own.
 *
 * <p>Changes that are made during an announcement are announced together in the next one. An announcement that fails for a
 * temporary reason is repeated for 10 seconds, with pauses of 200 ms. It is lost if all tries fail, or if the process ends before
 * it. The watches then report nothing, and caches notice the change when their staleness bound ends.
 */
final class ChangeAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTokenStore.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int IDLE_SECONDS = 1;
  private static final int FLUSH_SECONDS = 2;

  private final ChangeCounter counter;
  private final Executor thread;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private boolean isFailing;

  /** The tokens to announce. Guarded by itself. */
  private final Set<Long> waiting = new LinkedHashSet<>();

  ChangeAnnouncer(ChangeCounter counter, Executor thread) {
    this.counter = counter;
    this.thread = thread;
  }

  /** Returns a thread that ends when it has been idle for some seconds, so that a store does not need to be closed. */
  static ThreadPoolExecutor thread() {
    ThreadPoolExecutor thread = new ThreadPoolExecutor(
        1,
        1,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> DaemonThreads.daemon("counterfoil-changes", work));
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  /** Announces the change of a token, or of {@link ChangeCounter#MANY}. Returns immediately, and never throws. */
  void announce(long token) {
    synchronized (waiting) {
      if (waiting.size() <= Statements.STORED_CHANGES) { // one more than that stands for all
        waiting.add(token);
      }
    }
    if (isScheduled.compareAndSet(false, true)) {
      try {
        thread.execute(this::announceWaiting);
      } catch (Throwable noThread) { // the change is committed, and the next one tries again
        isScheduled.set(false);
      }
    }
  }

  /**
   * Waits until the changes so far are announced, but not longer than {@value #FLUSH_SECONDS} seconds. Then the thread ends as soon
   * as it is idle: otherwise it would keep the classes of an undeployed application in memory for a moment.
   */
  void close() {
    if (thread instanceof ThreadPoolExecutor pool) {
      pool.setKeepAliveTime(1, TimeUnit.NANOSECONDS);
    }
    FutureTask<Boolean> isReached = new FutureTask<>(() -> true);
    try {
      thread.execute(isReached); // the thread runs one task after the other
      Boolean unused = isReached.get(FLUSH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | Error late) {
      LOG.debug("The last changes of tokens are not announced yet", late);
    }
  }

  private void announceWaiting() {
    isScheduled.set(false); // a change after this is announced by another run
    List<Long> tokens = takeWaiting();
    if (tokens.isEmpty()) {
      return;
    }
    try {
      add(tokens);
      isFailing = false;
    } catch (TokenStoreException failure) {
      if (!isFailing) {
        LOG.warn(
            "A change of tokens could not be announced: caches on other nodes notice it when their staleness bound ends",
            failure);
      }
      isFailing = true;
    }
  }

  /** Returns the tokens that wait, the latest first. If there are too many for one announcement, they become {@code MANY}. */
  private List<Long> takeWaiting() {
    synchronized (waiting) {
      List<Long> tokens = new ArrayList<>(waiting);
      waiting.clear();
      Collections.reverse(tokens);
      return tokens.size() > Statements.STORED_CHANGES ? List.of(ChangeCounter.MANY) : tokens;
    }
  }

  /** Repeats an announcement without harm: a change that is announced twice costs a cache one more query. */
  private void add(List<Long> tokens) {
    long end = System.nanoTime() + RETRY_NANOS;
    while (true) {
      try {
        counter.add(tokens);
        return;
      } catch (TokenStoreException failure) {
        if (System.nanoTime() - end > 0 || !SqlStates.isTemporary(failure.getCause())) {
          throw failure;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  ChangeWatch watch() {
    return counter.watch();
  }
}
