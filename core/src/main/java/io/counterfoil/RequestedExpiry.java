package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The expiry that was requested for a token.
 *
 * @param at the instant; empty if there is a lifetime or neither
 * @param in the lifetime; empty if there is an instant or neither
 * @param never whether the absence of an expiry was requested
 */
record RequestedExpiry(Optional<Instant> at, Optional<Duration> in, boolean never) {
  /**
   * The last second whose year has four digits. A later expiry is a mistake, such as milliseconds passed as seconds.
   */
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** About 100 years. A longer lifetime is a mistake, such as milliseconds passed as seconds. */
  static final Duration LONGEST_LIFETIME = Duration.ofDays(36_500);

  static final RequestedExpiry UNSPECIFIED =
      new RequestedExpiry(Optional.empty(), Optional.empty(), false);
  static final RequestedExpiry NEVER =
      new RequestedExpiry(Optional.empty(), Optional.empty(), true);

  static RequestedExpiry at(Instant instant) {
    if (instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "expiresAt: " + instant + " (expected: at most " + LAST + ')');
    }
    return new RequestedExpiry(Optional.of(instant), Optional.empty(), false);
  }

  static RequestedExpiry in(Duration lifetime) {
    if (lifetime.isZero() || lifetime.isNegative() || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException("expiresIn: " + lifetime
          + " (expected: more than zero, at most " + LONGEST_LIFETIME + ')');
    }
    return new RequestedExpiry(Optional.empty(), Optional.of(lifetime), false);
  }

  /** Returns the requested instant, for a token whose lifetime begins now. */
  Optional<Instant> instant(Instant now) {
    return at.or(() -> in.map(lifetime -> LifetimePolicy.after(now, lifetime)));
  }
}
