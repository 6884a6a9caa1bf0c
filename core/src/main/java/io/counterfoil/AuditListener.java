package io.counterfoil;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to tokens as lines of {@code key=value}, foreign text quoted and escaped. */
final class AuditListener implements TokenListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.audit");

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
  public void rejected(Verdict.Rejected verdict) {
    if (verdict.tokenId().isPresent()) {
      LOG.warn(
          "event=rejected reason={} id={}", verdict.reason(), verdict.tokenId().getAsLong());
    } else {
      LOG.warn("event=rejected reason={}", verdict.reason());
    }
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
  public void deleted(Token token) {
    changed("deleted", token);
  }

  private static void changed(String event, Token token) {
    LOG.info("event={} {}", event, described(token));
  }

  private static String described(Token token) {
    return "id=" + token.id() + " owner=" + LogText.of(token.owner()) + " name="
        + LogText.of(token.name());
  }
}
