package io.counterfoil;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a token is idle: unused for too long.
 *
 * @param longest the longest time for which a token may be unused
 * @param lateness how late a use on another node may become known. A token is idle only after this time, too, so that a token that
 *     was used in time is never idle
 */
record IdlePolicy(Duration longest, Duration lateness) {

  /** If it is not known whether a token was used, it is not idle: its uses may not have been recorded. */
  boolean isIdle(Token token, Instant now) {
    if (token.trackedSince().isEmpty() && token.lastUsedAt().isEmpty()) {
      return false;
    }
    Instant last = token.lastUsedAt().filter(token.renewedAt()::isBefore).orElse(token.renewedAt());
    return !now.isBefore(LifetimePolicy.after(last, longest.plus(lateness)));
  }
}
