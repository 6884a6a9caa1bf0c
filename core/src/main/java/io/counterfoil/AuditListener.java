package io.counterfoil;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log as lines of {@code key=value}, with untrusted text quoted and escaped. */
final class AuditListener implements TokenListener {
  /** The maximum number of lines of one kind per second, for the kinds with which clients could fill the disk. */
  static final int LINES_PER_SECOND = 10;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.audit");

  private final LongSupplier nanos;
  private final Map<String, Second> seconds = new HashMap<>();

  AuditListener(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public void on(TokenEvent event) {
    if (event instanceof TokenEvent.Accepted accepted && !accepted.byPrevious()) {
      LOG.debug("{}", event);
      return;
    }
    long omitted = event.isVerdict() ? omitted(kind(event)) : 0;
    if (omitted < 0) {
      return;
    }
    String rest = omitted > 0 ? " omitted=" + omitted : "";
    if (isWarning(event)) {
      LOG.warn("{}{}", event, rest);
    } else {
      LOG.info("{}{}", event, rest);
    }
  }

  private static boolean isWarning(TokenEvent event) {
    return event instanceof TokenEvent.Rejected
        || event instanceof TokenEvent.StoreFailed
        || event instanceof TokenEvent.UsesDropped;
  }

  private static String kind(TokenEvent event) {
    return event instanceof TokenEvent.Rejected rejected
        ? rejected.verdict().reason().name()
        : event.name();
  }

  /** Returns how many lines of that kind were omitted before this one. Returns a negative number if this one is omitted, too. */
  private synchronized long omitted(String kind) {
    long now = nanos.getAsLong();
    Second second = seconds.computeIfAbsent(kind, first -> new Second(now));
    if (now - second.start >= SECOND) {
      second.start = now;
      second.written = 0;
    }
    if (second.written == LINES_PER_SECOND) {
      second.omitted++;
      return -1;
    }
    second.written++;
    long before = second.omitted;
    second.omitted = 0;
    return before;
  }

  /** The lines of one kind that were written and omitted since the start of a second. */
  private static final class Second {
    private long start;
    private int written;
    private long omitted;

    Second(long start) {
      this.start = start;
    }
  }
}
