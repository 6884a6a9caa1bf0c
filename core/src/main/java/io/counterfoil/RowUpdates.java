package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates the row of an accepted token: ends an overlap and replaces an outdated hash, if the settings require it.
 *
 * <p>If this fails, the token is still accepted, and its row is not updated for a minute. After several failures in a row, each of
 * another token, no row is updated for a minute. Otherwise each use would cost a failing statement and, because a change
 * invalidates the token in a cache, a query. The main case is a database that is read-only.
 */
final class RowUpdates {
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** The number of failures in a row after which all tokens pause. */
  static final int MOST_FAILURES = 3;

  /** The maximum number of tokens whose pauses are remembered. Others are tried again and again. */
  private static final int MOST_PAUSED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(TokenAuthenticator.class);

  private final TokenStore store;
  private final Settings settings;
  private final Listeners listeners;
  private final FailureLog failures = new FailureLog(
      LOG, "The row of an accepted token was not updated; a use after a minute tries again");

  private final Map<Long, Pause> paused = new ConcurrentHashMap<>();
  private final AtomicInteger failuresInARow = new AtomicInteger();

  /** The beginning of the last pause of all tokens. */
  private volatile Instant allPausedSince = Instant.MIN;

  /**
   * The pause of a token.
   *
   * @param unique its outdated hash, if a query has shown that no other token has the plaintext
   */
  private record Pause(Instant since, Optional<TokenHash> unique) {}

  RowUpdates(TokenStore store, Settings settings, Listeners listeners) {
    this.store = store;
    this.settings = settings;
    this.listeners = listeners;
  }

  /**
   * Returns whether no other token has the plaintext of this outdated hash, according to a query in this pause. That cannot change
   * while the row has the hash: a plaintext cannot be imported again then, and a report of a leak finds all its tokens.
   */
  boolean isKnownUnique(StoredToken row, TokenHash outdated, Instant now) {
    Pause pause = paused.get(row.id());
    return pause != null
        && isPaused(pause.since, now)
        && pause.unique.filter(outdated::equals).isPresent();
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
    Pause pause = paused.get(row.id());
    if (pause != null && isPaused(pause.since, now)) {
      return;
    }
    Optional<TokenHash> unique = isOutdated ? Optional.of(row.hash()) : Optional.empty();
    if (isPaused(allPausedSince, now)) {
      pause(row, allPausedSince, unique);
      return;
    }
    TokenHash next = isOutdated ? settings.hasher().hash(presented) : row.hash();
    if (replaceHashes(row, next, endsOverlap)) {
      paused.remove(row.id());
      failuresInARow.set(0);
      failures.succeeded();
      return;
    }
    pause(row, now, unique);
    if (failuresInARow.incrementAndGet() >= MOST_FAILURES) {
      failuresInARow.set(0);
      allPausedSince = now;
    }
  }

  private static boolean isPaused(Instant since, Instant now) {
    return !since.equals(Instant.MIN) && !now.isBefore(since) && now.isBefore(since.plus(PAUSE));
  }

  private void pause(StoredToken row, Instant since, Optional<TokenHash> unique) {
    if (paused.size() >= MOST_PAUSED) {
      paused.values().removeIf(pause -> !isPaused(pause.since, since));
    }
    if (paused.size() < MOST_PAUSED || paused.containsKey(row.id())) {
      paused.put(row.id(), new Pause(since, unique));
    }
  }

  private static boolean hasSameHashes(StoredToken row, StoredToken other) {
    return row.hash().equals(other.hash()) && row.previous().equals(other.previous());
  }

  /** Returns false if the store fails. */
  private boolean replaceHashes(StoredToken row, TokenHash next, boolean endsOverlap) {
    try {
      // The row may come from a cache, and somebody may have changed the present one by hand. If
      // another change came first, this one is not needed, or the next use makes it.
      Optional<StoredToken> present =
          store.findById(row.id()).filter(found -> hasSameHashes(found, row));
      if (present.isPresent()) {
        store.update(present
            .get()
            .withHashes(next, endsOverlap ? RowHashes.endedPrevious(row) : row.previous()));
      }
    } catch (DuplicateTokenHashException imported) {
      // The plaintext was imported again at this moment: the hash stays as it is.
    } catch (RuntimeException failure) {
      listeners.publish(new TokenEvent.StoreFailed(Origin.SYSTEM, failure));
      failures.failed(failure);
      return false;
    }
    return true;
  }
}
