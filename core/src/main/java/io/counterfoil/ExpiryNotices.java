package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the host about tokens that will expire.
 *
 * <p>A notice has two steps. First, this node claims it for a while, so that other nodes do not give it at the same time. When the
 * consumer has returned, this node notes that no further notice is due before the token expires. If the node ends in between, the
 * claim lapses and another run repeats the notice.
 */
final class ExpiryNotices {
  /** How long a consumer may take before another node may give the notice, too. */
  static final Duration CLAIM = Duration.ofMinutes(10);

  private final TokenStore store;
  private final Settings settings;
  private final RowEditor rows;

  ExpiryNotices(TokenStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
    this.rows = new RowEditor(store);
  }

  int give(Duration within, Consumer<Token> consumer) {
    Instant start = settings.clock().instant();
    TokenQuery soon = TokenQuery.all()
        .enabled(true)
        .expiresAfter(start)
        .expiresBy(LifetimePolicy.after(start, within));
    Iterator<StoredToken> found =
        Paging.stream(after -> store.list(soon, after, Paging.PAGE_SIZE)).iterator();
    int given = 0;
    Optional<RuntimeException> failure = Optional.empty();
    while (found.hasNext()) {
      try {
        given += give(found.next(), consumer) ? 1 : 0;
      } catch (TokenStoreException e) {
        throw e;
      } catch (RuntimeException e) { // must not prevent the other notices
        failure = Optional.of(failure.map(first -> joined(first, e)).orElse(e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return given;
  }

  private static RuntimeException joined(RuntimeException first, RuntimeException next) {
    if (!first.equals(next)) {
      first.addSuppressed(next);
    }
    return first;
  }

  /**
   * Reads a token that is due again, because consumers may be slow, and somebody may have changed its row directly in the
   * database. If another change comes before the claim, the next run gives the notice.
   */
  private boolean give(StoredToken listed, Consumer<Token> consumer) {
    Instant now = settings.clock().instant();
    Instant claim = now.plus(CLAIM).truncatedTo(MILLIS);
    Optional<StoredToken> claimed = Optional.of(listed)
        .filter(row -> isDue(row, now))
        .flatMap(row -> store.findById(row.id()))
        .filter(row -> row.revision() == listed.revision() && row.enabled())
        .filter(row -> store.update(row.withNoticeAfter(Optional.of(claim))));
    claimed.ifPresent(row -> give(row, claim, consumer));
    return claimed.isPresent();
  }

  private void give(StoredToken row, Instant claim, Consumer<Token> consumer) {
    boolean isGiven = false;
    try {
      consumer.accept(settings.scopes().effective(row.token()));
      isGiven = true;
    } finally {
      Optional<Instant> next = isGiven ? row.expiresAt() : Optional.empty();
      Optional<StoredToken> unused =
          rows.change(row.id(), present -> replaceClaim(present, claim, next));
    }
  }

  private static boolean isDue(StoredToken row, Instant now) {
    return !row.isExpired(now) && row.noticeAfter().filter(now::isBefore).isEmpty();
  }

  /** If the claim is gone, the expiry has changed meanwhile, and a new notice is due. */
  private static Optional<StoredToken> replaceClaim(
      StoredToken row, Instant claim, Optional<Instant> next) {
    return row.noticeAfter().filter(claim::equals).map(same -> row.withNoticeAfter(next));
  }
}
