package io.counterfoil;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
    if (event instanceof TokenEvent.Rejected rejected) {
      limited(Level.WARN, event, rejected.verdict().reason().name());
    } else if (event instanceof TokenEvent.StoreFailed) {
      limited(Level.WARN, event, event.name());
    } else if (event instanceof TokenEvent.Accepted accepted) {
      if (accepted.byPrevious()) {
        limited(Level.INFO, event, event.name());
      } else {
        LOG.debug("{}", event);
      }
    } else {
      LOG.atLevel(event instanceof TokenEvent.UsesDropped ? Level.WARN : Level.INFO)
          .log("{}", event);
    }
  }

  private void limited(Level level, TokenEvent event, String kind) {
    long omitted = omitted(kind);
    if (omitted >= 0) {
      LOG.atLevel(level).log("{}{}", event, omitted > 0 ? " omitted=" + omitted : "");
    }
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
