package io.counterfoil;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Allows one log line per second, so that a listener that fails at every event does not fill the disk. */
final class OncePerSecond {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final AtomicLong last;

  OncePerSecond(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = new AtomicLong(nanos.getAsLong() - SECOND);
  }

  /** Returns whether nothing was allowed within the last second. If several threads call this method at the same time, it returns true for one of them. */
  boolean allows() {
    long now = nanos.getAsLong();
    long before = last.get();
    return now - before >= SECOND && last.compareAndSet(before, now);
  }
}
