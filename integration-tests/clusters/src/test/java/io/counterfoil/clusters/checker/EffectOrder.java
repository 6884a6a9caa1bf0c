package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.Map;

/**
 * The order of effects that is certain.
 *
 * <p>An application with a cache may accept a plaintext by a row as old as its staleness bound, but not older than a change that it
 * made itself. Nothing else is answered by the cache, and a rejection never is. So the moment at which such an acceptance takes
 * effect is up to the bound before its begin.
 */
final class EffectOrder {
  private final Map<String, Duration> stalenessBounds;

  EffectOrder(Map<String, Duration> stalenessBounds) {
    this.stalenessBounds = stalenessBounds;
  }

  /** Returns whether the first call took effect before the second one in every legal order. */
  boolean isBefore(Call first, Call second) {
    return first.effectEnd() < second.begin()
        && later(first.effectEnd(), staleness(first, second)) < second.begin();
  }

  /** Returns how long after the end of the first call the second one may still miss its effect, in nanoseconds. */
  long staleness(Call first, Call second) {
    boolean isOwnChange = first.outcome().isDone()
        && first.kind().isChange()
        && first.application().equals(second.application());
    return isOwnChange ? 0 : staleness(second);
  }

  /** Returns how long before its begin a call may take effect, in nanoseconds, if other applications make the changes. */
  long staleness(Call reading) {
    return reading.outcome() == Outcome.ACCEPTED
        ? stalenessBounds.getOrDefault(reading.application(), Duration.ZERO).toNanos()
        : 0;
  }

  /** Adds a time span to a time, which may be {@link Call#NEVER}. */
  static long later(long time, long span) {
    return time > Call.NEVER - span ? Call.NEVER : time + span;
  }
}
