package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long tokens may live: a limit, or none. It holds for every way to make a token or to prolong one. */
final class Lifetimes {
  private final Optional<Duration> longest;

  Lifetimes(Optional<Duration> longest) {
    this.longest = longest;
  }

  /** Refuses an expiry that is over, as a store keeps it. */
  static void requireFuture(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent() && !expiry.get().truncatedTo(MILLIS).isAfter(now)) {
      throw new IllegalArgumentException(
          "expiresAt: " + expiry.get().truncatedTo(MILLIS) + " (expected: in the future)");
    }
  }

  /** Refuses a wish that outlives the limit. */
  void require(NewToken wish, Instant now) {
    if (wish.expiresAt.isEmpty() && longest.isPresent() && !wish.neverExpires) {
      throw new IllegalArgumentException("expiresAt: none (expected: " + expected() + ')');
    }
    require(wish.expiresAt, now);
  }

  /** Refuses an expiry beyond the limit; a token without one was made so on purpose, or before there was a limit. */
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

  /** Adds without overflow: what lies beyond the last instant that a token may have becomes that. */
  static Instant after(Instant start, Duration duration) {
    try {
      Instant end = start.plus(duration);
      return end.isBefore(NewToken.LAST_EXPIRY) ? end : NewToken.LAST_EXPIRY;
    } catch (DateTimeException | ArithmeticException beyond) {
      return NewToken.LAST_EXPIRY;
    }
  }
}
