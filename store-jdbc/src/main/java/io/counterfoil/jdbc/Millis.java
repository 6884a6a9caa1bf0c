package io.counterfoil.jdbc;

import java.time.Instant;

/** Instants as the table keeps them: milliseconds since the epoch, which no time zone of a server can shift. */
final class Millis {
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Millis() {}

  /** Cuts to the millisecond. What 64 bits cannot hold, 292 million years away, becomes the farthest that they can. */
  static long of(Instant at) {
    if (at.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return at.isAfter(LAST) ? Long.MAX_VALUE : at.toEpochMilli();
  }

  /** Rounds up: whole milliseconds lie before an instant exactly if they lie before this. */
  static long ceiling(Instant at) {
    long floor = of(at);
    boolean cut = floor != Long.MAX_VALUE && at.isAfter(instant(floor));
    return cut ? floor + 1 : floor;
  }

  static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
