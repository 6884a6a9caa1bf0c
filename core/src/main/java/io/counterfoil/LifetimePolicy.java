package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long tokens may live. It applies to every way to create a token or to prolong its life.
 *
 * @param longest the longest lifetime; empty if there is no limit
 */
record LifetimePolicy(Optional<Duration> longest) {

  /** Rejects an expiry that is over, in the precision of the store. */
  static void requireFuture(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent() && !expiry.get().truncatedTo(MILLIS).isAfter(now)) {
      throw new IllegalArgumentException(
          "expiresAt: " + expiry.get().truncatedTo(MILLIS) + " (expected: in the future)");
    }
  }

  /** Rejects a new token that outlives the limit. */
  void require(NewToken newToken, Instant now) {
    if (newToken.expiresAt.isEmpty() && longest.isPresent() && !newToken.neverExpires) {
      throw new IllegalArgumentException("expiresAt: none (expected: " + expected() + ')');
    }
    require(newToken.expiresAt, now);
  }

  /** Rejects an expiry beyond the limit. A token without expiry passes: it was created so on purpose, or before the limit. */
  void require(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent()
        && longest.isPresent()
        && expiry.get().isAfter(after(now, longest.get()))) {
      throw new IllegalArgumentException(
          "expiresAt: " + expiry.get() + " (expected: " + expected() + ')');
    }
  }

  private String expected() {
    return "at most " + longest.orElseThrow() + " from now";
  }

  /** Adds without overflow: returns at most the last instant that an expiry may have. */
  static Instant after(Instant start, Duration duration) {
    try {
      Instant end = start.plus(duration);
      return end.isBefore(NewToken.LAST_EXPIRY) ? end : NewToken.LAST_EXPIRY;
    } catch (DateTimeException | ArithmeticException beyond) {
      return NewToken.LAST_EXPIRY;
    }
  }
}
