package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The query for the next entry of a token whose entry has ended. One caller makes it. Callers that come meanwhile wait for its
 * answer, so a token in use does not cost many queries at once.
 *
 * <p>A caller waits only for a short time, because a query may hang on its own connection. Then, or if the query fails, the caller
 * queries the store itself. No lock is held meanwhile.
 */
final class Renewal {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final AtomicBoolean isTaken = new AtomicBoolean();
  private final CountDownLatch isOver = new CountDownLatch(1);
  private volatile Optional<Entry> answer = Optional.empty();

  /** Returns true for the first caller, which must then make the query and {@link #end} it, even if it fails. */
  boolean take() {
    return isTaken.compareAndSet(false, true);
  }

  /** Sets the entry that the query has found, if it has found one. */
  void answer(Entry entry) {
    answer = Optional.of(entry);
  }

  void end() {
    isOver.countDown();
  }

  /** Waits for the query of another caller. Returns empty if the present caller must query the store itself. */
  Optional<Entry> await() {
    try {
      return isOver.await(LONGEST_WAIT.toNanos(), NANOSECONDS) ? answer : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
