package io.counterfoil.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that advances by 100 milliseconds whenever it is read. */
final class TickingClock extends Clock {
  private Instant now;

  TickingClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    now = now.plusMillis(100);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
