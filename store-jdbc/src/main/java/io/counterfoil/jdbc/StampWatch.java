package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.counterfoil.ChangeWatch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Waits, and then asks for the stamp. Holds nothing meanwhile. */
final class StampWatch implements ChangeWatch {
  /** The longest wait that fits a number of nanoseconds; some 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final Stamp stamp;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long last;

  StampWatch(Stamp stamp) {
    this.stamp = stamp;
    this.last = stamp.read().changes();
  }

  @Override
  public Changed awaitChange(Duration patience) throws InterruptedException {
    refuseIfClosed();
    return closed.await(nanos(patience), NANOSECONDS) ? Changed.NONE : news(stamp.read());
  }

  /** Remembers the stamp, and returns what has changed since the last one. */
  Changed news(Stamp.Row now) {
    Changed changed = now.since(last);
    last = now.changes();
    return changed;
  }

  void refuseIfClosed() {
    if (isClosed()) {
      throw new IllegalStateException("the watch is closed");
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  static long nanos(Duration patience) {
    return patience.compareTo(LONGEST) < 0 ? patience.toNanos() : Long.MAX_VALUE;
  }
}
