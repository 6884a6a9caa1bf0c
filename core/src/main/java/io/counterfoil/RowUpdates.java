package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates the row of an accepted token: ends an overlap and replaces an outdated hash, if the settings require it.
 *
 * <p>If this fails, the token is still accepted, and no row is updated for a minute. Otherwise each use would cost a failing
 * statement and, because a change invalidates the token in a cache, a query. The main case is a database that is read-only.
 */
final class RowUpdates {
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** The maximum number of hashes that are remembered as unique. */
  private static final int MOST_UNIQUE = 10_000;

  private static final Instant NEVER = Instant.MIN;
  private static final Logger LOG = LoggerFactory.getLogger(TokenAuthenticator.class);

  private final TokenStore store;
  private final Settings settings;
  private final Listeners listeners;
  private final FailureLog failures = new FailureLog(
      LOG, "The row of an accepted token was not updated; a use after a minute tries again");

  /** When the last try failed; {@link #NEVER} if it succeeded. */
  private final AtomicReference<Instant> failedAt = new AtomicReference<>(NEVER);

  /** Outdated hashes that were not updated in this pause, although no other token has their plaintext. */
  private final Set<Unique> unique = ConcurrentHashMap.newKeySet();

  private record Unique(long id, TokenHash hash) {}

  RowUpdates(TokenStore store, Settings settings, Listeners listeners) {
    this.store = store;
    this.settings = settings;
    this.listeners = listeners;
  }

  /**
   * Returns whether no other token had the plaintext of this outdated hash, according to a query in this pause. A later report of a
   * leak revokes every token of the plaintext, also this one. So the query need not be repeated at each use.
   */
  boolean isKnownUnique(StoredToken row, TokenHash outdated, Instant now) {
    return isPaused(now) && unique.contains(new Unique(row.id(), outdated));
  }

  /**
   * Updates the row if needed.
   *
   * @param isOutdated whether the hash of the row is outdated, and no other token has its plaintext
   */
  void update(StoredToken row, Instant now, String presented, boolean isOutdated) {
    boolean endsOverlap =
        settings.overlapEndsAtFirstUse() && RowHashes.activePrevious(row, now).isPresent();
    if (!endsOverlap && !isOutdated) {
      return;
    }
    TokenHash next = isOutdated ? settings.hasher().hash(presented) : row.hash();
    boolean isUpdated = mayTry(now) && replaceHashes(row, now, next, endsOverlap);
    if (!isUpdated && isOutdated && unique.size() < MOST_UNIQUE) {
      unique.add(new Unique(row.id(), row.hash()));
    }
  }

  private boolean isPaused(Instant now) {
    Instant last = failedAt.get();
    return !last.equals(NEVER) && !now.isBefore(last) && now.isBefore(last.plus(PAUSE));
  }

  /** After a pause, one of several callers tries, and begins another pause for the others. */
  private boolean mayTry(Instant now) {
    Instant last = failedAt.get();
    if (last.equals(NEVER)) {
      return true;
    }
    if (isPaused(now) || !failedAt.compareAndSet(last, now)) {
      return false;
    }
    unique.clear();
    return true;
  }

  /** Returns false if the store fails. */
  private boolean replaceHashes(StoredToken row, Instant now, TokenHash next, boolean endsOverlap) {
    try {
      // If another change came first, this one is not needed or the next use makes it.
      store.replaceHashes(row, next, endsOverlap ? RowHashes.endedPrevious(row) : row.previous());
    } catch (DuplicateTokenHashException imported) {
      // The plaintext was imported again at this moment: the hash stays as it is.
    } catch (RuntimeException failure) {
      listeners.publish(new TokenEvent.StoreFailed(Origin.SYSTEM, failure));
      boolean isFirst = failedAt.compareAndSet(NEVER, now);
      if (isFirst || failedAt.get().equals(now)) {
        failures.failed(failure);
      }
      return false;
    }
    failedAt.set(NEVER);
    failures.succeeded();
    return true;
  }
}
