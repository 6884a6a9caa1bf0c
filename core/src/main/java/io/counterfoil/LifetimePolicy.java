package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits how long tokens may live. The limit applies whenever a token is created or its lifetime is extended.
 *
 * @param longest the longest lifetime; empty if there is no limit
 */
record LifetimePolicy(Optional<Duration> longest) {

  /** Rejects an expiry that is not in the future after truncation to milliseconds. */
  static void requireFuture(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent() && !expiry.get().truncatedTo(MILLIS).isAfter(now)) {
      throw new PolicyException(
          "expiresAt: " + expiry.get().truncatedTo(MILLIS) + " (expected: in the future)");
    }
  }

  /** Rejects a new token that would live longer than the limit. */
  void require(NewToken newToken, Instant now) {
    if (newToken.expiresAt().isEmpty() && longest.isPresent() && !newToken.isNeverExpiring()) {
      throw new PolicyException("expiresAt: none (expected: " + expected() + ')');
    }
    require(newToken.expiresAt(), now);
  }

  /**
   * Rejects an expiry beyond the limit. A token without expiry is allowed: it was created without expiry on purpose, or before
   * there was a limit.
   */
  void require(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent()
        && longest.isPresent()
        && expiry.get().isAfter(after(now, longest.get()))) {
      throw new PolicyException("expiresAt: " + expiry.get() + " (expected: " + expected() + ')');
    }
  }

  private String expected() {
    return "at most " + longest.orElseThrow() + " from now";
  }

  /** Adds without overflow. Returns at most the last instant that an expiry may have. */
  static Instant after(Instant start, Duration duration) {
    try {
      Instant end = start.plus(duration);
      return end.isBefore(NewToken.LAST_EXPIRY) ? end : NewToken.LAST_EXPIRY;
    } catch (DateTimeException | ArithmeticException beyond) {
      return NewToken.LAST_EXPIRY;
    }
  }
}
