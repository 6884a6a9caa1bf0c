package io.counterfoil;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log as lines of {@code key=value}, with untrusted text quoted and escaped. */
final class AuditListener implements TokenListener {
  /**
   * The maximum number of rejections with the same reason that are written per second. There is a limit because anybody can cause
   * rejections and fill the disk.
   */
  static final int REJECTIONS_PER_SECOND = 10;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.audit");

  private final LongSupplier nanos;
  private final Map<Verdict.Reason, Second> rejections = new EnumMap<>(Verdict.Reason.class);

  AuditListener(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public void created(Token token) {
    log("created", token);
  }

  @Override
  public void accepted(Token token) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("event=accepted {}", describe(token));
    }
  }

  @Override
  public void previousAccepted(Token token) {
    log("previous-accepted", token);
  }

  @Override
  public void rejected(Verdict.Rejected verdict) {
    long omitted = omitted(verdict.reason());
    if (omitted >= 0) {
      String id = verdict.tokenId().isPresent() ? " id=" + verdict.tokenId().getAsLong() : "";
      String rest = omitted > 0 ? " omitted=" + omitted : "";
      LOG.warn("event=rejected reason={}{}{}", verdict.reason(), id, rest);
    }
  }

  /**
   * Returns how many rejections with that reason were omitted before this one. Returns a negative number if this one is omitted,
   * too.
   */
  private synchronized long omitted(Verdict.Reason reason) {
    long now = nanos.getAsLong();
    Second second = rejections.computeIfAbsent(reason, first -> new Second(now));
    if (now - second.start >= SECOND) {
      second.start = now;
      second.written = 0;
    }
    if (second.written == REJECTIONS_PER_SECOND) {
      second.omitted++;
      return -1;
    }
    second.written++;
    long before = second.omitted;
    second.omitted = 0;
    return before;
  }

  @Override
  public void enabled(Token token) {
    log("enabled", token);
  }

  @Override
  public void disabled(Token token) {
    log("disabled", token);
  }

  @Override
  public void allDisabled(int count) {
    LOG.info("event=all-disabled count={}", count);
  }

  @Override
  public void ownerDisabled(String owner, int count) {
    LOG.info("event=owner-disabled owner={} count={}", LogSanitizer.quote(owner), count);
  }

  @Override
  public void rotated(Token token) {
    log("rotated", token);
  }

  @Override
  public void leaked(Token token) {
    log("leaked", token);
  }

  @Override
  public void deleted(Token token) {
    log("deleted", token);
  }

  @Override
  public void ownerDeleted(String owner, int count) {
    LOG.info("event=owner-deleted owner={} count={}", LogSanitizer.quote(owner), count);
  }

  @Override
  public void expiredDeleted(int count) {
    LOG.info("event=expired-deleted count={}", count);
  }

  @Override
  public void usesDropped(long count) {
    LOG.warn("event=uses-dropped count={}", count);
  }

  private static void log(String event, Token token) {
    LOG.info("event={} {}", event, describe(token));
  }

  private static String describe(Token token) {
    return "id=" + token.id() + " owner=" + LogSanitizer.quote(token.owner()) + " name="
        + LogSanitizer.quote(token.name());
  }

  /** The rejections with one reason that were written and omitted since the start of a second. */
  private static final class Second {
    private long start;
    private int written;
    private long omitted;

    Second(long start) {
      this.start = start;
    }
  }
}
