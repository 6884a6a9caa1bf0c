package io.counterfoil;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to tokens as lines of {@code key=value}, foreign text quoted and escaped. */
final class AuditListener implements TokenListener {
  /** How many rejections of one kind are written in a second: strangers cause them, and a disk is soon full. */
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
    changed("created", token);
  }

  @Override
  public void accepted(Token token) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("event=accepted {}", described(token));
    }
  }

  @Override
  public void previousAccepted(Token token) {
    changed("previous-accepted", token);
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

  /** Returns how many rejections of that kind were left out before this one; a negative number if this one is to be, too. */
  private synchronized long omitted(Verdict.Reason reason) {
    long now = nanos.getAsLong();
    Second second = rejections.computeIfAbsent(reason, unheard -> new Second(now));
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
    changed("enabled", token);
  }

  @Override
  public void disabled(Token token) {
    changed("disabled", token);
  }

  @Override
  public void allDisabled(int count) {
    LOG.info("event=all-disabled count={}", count);
  }

  @Override
  public void ownerDisabled(String owner, int count) {
    LOG.info("event=owner-disabled owner={} count={}", LogText.of(owner), count);
  }

  @Override
  public void rotated(Token token) {
    changed("rotated", token);
  }

  @Override
  public void leaked(Token token) {
    changed("leaked", token);
  }

  @Override
  public void deleted(Token token) {
    changed("deleted", token);
  }

  @Override
  public void ownerDeleted(String owner, int count) {
    LOG.info("event=owner-deleted owner={} count={}", LogText.of(owner), count);
  }

  @Override
  public void expiredDeleted(int count) {
    LOG.info("event=expired-deleted count={}", count);
  }

  @Override
  public void usesDropped(long count) {
    LOG.warn("event=uses-dropped count={}", count);
  }

  private static void changed(String event, Token token) {
    LOG.info("event={} {}", event, described(token));
  }

  private static String described(Token token) {
    return "id=" + token.id() + " owner=" + LogText.of(token.owner()) + " name="
        + LogText.of(token.name());
  }

  /** What has been written of one kind since the start of a second, and left out. */
  private static final class Second {
    private long start;
    private int written;
    private long omitted;

    Second(long start) {
      this.start = start;
    }
  }
}
