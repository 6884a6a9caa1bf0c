package io.counterfoil;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Writes at most one log line per second, so that a listener that fails at every event does not fill the disk. Logging may fail
 * too, for example because the disk is full. That must not affect the caller.
 */
final class OncePerSecond {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final AtomicLong last;

  OncePerSecond(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = new AtomicLong(nanos.getAsLong() - SECOND);
  }

  /** Writes a line, unless one was written within the last second. If several threads call it at once, one of them writes. */
  void log(Runnable line) {
    long now = nanos.getAsLong();
    long before = last.get();
    if (now - before >= SECOND && last.compareAndSet(before, now)) {
      logNow(line);
    }
  }

  /** Writes a line without a limit. */
  static void logNow(Runnable line) {
    try {
      line.run();
    } catch (Throwable failure) {
      // this failure cannot be reported anywhere
    }
  }
}
