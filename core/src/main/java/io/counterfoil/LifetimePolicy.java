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
  /** How far the clock of the machine that has chosen an expiry may be ahead of ours. */
  static final Duration TOLERANCE = Duration.ofMinutes(1);

  /** Rejects an expiry that is not in the future after truncation to milliseconds. */
  static void requireFuture(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent() && !expiry.get().truncatedTo(MILLIS).isAfter(now)) {
      throw new PolicyException(
          "expiresAt: " + expiry.get().truncatedTo(MILLIS) + " (expected: in the future)");
    }
  }

  /**
   * Returns the expiry of a token that is created or updated now. An expiry that exceeds the limit by no more than the
   * tolerance becomes the limit, so that no token lives longer.
   *
   * @throws PolicyException if the token would live longer than that
   */
  Optional<Instant> expiry(RequestedExpiry requested, Instant now) {
    if (longest.isEmpty() || requested.never()) {
      return requested.instant(now);
    }
    if (requested.in().filter(lifetime -> lifetime.compareTo(longest.get()) > 0).isPresent()) {
      throw new PolicyException(
          "expiresIn: " + requested.in().get() + " (expected: at most " + longest.get() + ')');
    }
    Instant expiry = requested
        .instant(now)
        .orElseThrow(() -> new PolicyException("expiresAt: none (expected: " + expected() + ')'));
    require(Optional.of(expiry), now);
    Instant last = after(now, longest.get());
    return Optional.of(expiry.isAfter(last) ? last : expiry);
  }

  /**
   * Rejects an expiry beyond the limit and the tolerance. A token without expiry is allowed: it was created without expiry on
   * purpose, or before there was a limit.
   */
  void require(Optional<Instant> expiry, Instant now) {
    if (expiry.isPresent()
        && longest.isPresent()
        && expiry.get().isAfter(after(after(now, longest.get()), TOLERANCE))) {
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
      return end.isBefore(RequestedExpiry.LAST) ? end : RequestedExpiry.LAST;
    } catch (DateTimeException | ArithmeticException beyond) {
      return RequestedExpiry.LAST;
    }
  }
}
