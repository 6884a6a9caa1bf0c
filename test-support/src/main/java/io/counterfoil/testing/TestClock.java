package io.counterfoil.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it, unless it ticks. */
public final class TestClock extends Clock {
  /** The default start of a clock, in seconds since the epoch. */
  public static final long START = 1_736_000_000;

  private volatile Instant now;
  private volatile Duration tick = Duration.ZERO;

  public TestClock() {
    this.now = Instant.ofEpochSecond(START);
  }

  /** Creates a clock that starts at an instant in the format of {@link Instant#parse}. */
  public TestClock(String start) {
    this.now = Instant.parse(start);
  }

  public void set(Instant instant) {
    now = instant;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Makes the clock advance by this time whenever it is read. */
  public TestClock ticking(Duration time) {
    tick = time;
    return this;
  }

  @Override
  public Instant instant() {
    if (!tick.isZero()) {
      advance(tick);
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the library does not use time zones");
  }
}
