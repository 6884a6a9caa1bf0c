package io.counterfoil.cache;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The query for the next entry of a token whose entry has ended. One caller makes it. Callers that come meanwhile wait for its
 * answer, so a token in use does not cost many queries at once.
 *
 * <p>A caller waits at most 1 second, because the query may hang on its own connection. After that, or if the query fails, the
 * caller queries the store itself. No lock is held meanwhile.
 */
final class Renewal {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final CountDownLatch isOver = new CountDownLatch(1);
  private volatile Optional<Entry> answer = Optional.empty();

  /** Sets the entry that the query has found, if it has found one. */
  void answer(Entry entry) {
    answer = Optional.of(entry);
  }

  /** Ends the wait of the other callers; called even if the query has failed. */
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
