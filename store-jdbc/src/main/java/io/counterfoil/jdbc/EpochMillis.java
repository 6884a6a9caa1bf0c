package io.counterfoil.jdbc;

import java.time.Instant;

/** Converts instants to milliseconds since the epoch, which do not depend on the time zone of a server. */
final class EpochMillis {
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private EpochMillis() {}

  /**
   * Rounds down to the millisecond. An instant that does not fit into 64 bits (292 million years) becomes the nearest one that
   * fits.
   */
  static long of(Instant at) {
    if (at.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return at.isAfter(LAST) ? Long.MAX_VALUE : at.toEpochMilli();
  }

  /** Rounds up: a whole millisecond is before an instant if and only if it is before this result. */
  static long ceiling(Instant at) {
    long floor = of(at);
    boolean isRounded = floor != Long.MAX_VALUE && at.isAfter(instant(floor));
    return isRounded ? floor + 1 : floor;
  }

  static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
