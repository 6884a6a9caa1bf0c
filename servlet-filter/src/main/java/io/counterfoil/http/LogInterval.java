package io.counterfoil.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Allows a log line once an hour, because clients can cause any number of them. */
final class LogInterval {
  private static final long LENGTH = Duration.ofHours(1).toNanos();

  private final LongSupplier nanos;
  private final AtomicLong last;

  LogInterval(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = new AtomicLong(nanos.getAsLong() - LENGTH);
  }

  /** Returns whether a line may be logged now. For one of several threads at the same time, the answer is yes. */
  boolean begin() {
    long now = nanos.getAsLong();
    long before = last.get();
    return now - before >= LENGTH && last.compareAndSet(before, now);
  }
}
