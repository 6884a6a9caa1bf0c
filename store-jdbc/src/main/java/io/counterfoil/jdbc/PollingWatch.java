package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.counterfoil.ChangeWatch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Waits, and then reads the change counter. It holds no connection while it waits. */
final class PollingWatch implements ChangeWatch {
  /** The longest wait in nanoseconds that a long can hold: about 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ChangeCounter counter;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long last;

  PollingWatch(ChangeCounter counter) {
    this.counter = counter;
    this.last = counter.read().changes();
  }

  @Override
  public Changed awaitChange(Duration timeout) throws InterruptedException {
    requireOpen();
    return closed.await(nanos(timeout), NANOSECONDS) ? Changed.NONE : changesUntil(counter.read());
  }

  /** Returns the changes since the last call. */
  Changed changesUntil(ChangeCounter.Row now) {
    Changed changed = now.since(last);
    last = now.changes();
    return changed;
  }

  void requireOpen() {
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

  static long nanos(Duration timeout) {
    return timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
  }
}
