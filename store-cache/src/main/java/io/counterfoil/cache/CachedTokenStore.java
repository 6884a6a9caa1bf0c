package io.counterfoil.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps at hand, for a stated time, what another store said when tokens were authenticated.
 *
 * <p>What is changed by this store, through whatever manager, is changed when the call returns, as without a cache. A token
 * that is disabled, deleted or rotated elsewhere, on another node or past this store, may go on being accepted for the lag
 * that is stated, and no longer: an authentication that begins later than that after the change has returned accepts nothing
 * that the change has ended. The lag is counted from when the store was asked, not from when it answered, by the monotonic
 * clock of the machine, which nobody sets; while the whole machine sleeps, that may stand still, and the lag with it.
 *
 * <p>Nothing is refused because of the cache: it keeps tokens that are enabled and no others, so that one that is created,
 * enabled or rotated anywhere is accepted at once. Unknown and disabled tokens cost a query each time. Expiry, overlap,
 * addresses and owner the manager judges at every authentication, kept or not. When the store fails, what is kept serves to
 * its end; then, and for all else, the exception passes. Of an accepted or identified token {@link
 * io.counterfoil.Token#lastUsedAt} may be late by the lag. A leak is judged by the token as it is, if it is still the same one.
 *
 * <p>Where the store offers a {@linkplain TokenStore#watch watch}, as {@code JdbcTokenStore} does, changes made elsewhere are
 * noticed much sooner, as a rule within a tenth of the lag, a second at most: a thread asks for news that often, and a token that
 * has changed is asked for once more. Where the news are that any may have, all are; that not more often than ten times within the
 * lag, so that the next such news may wait for a tenth of it. The lag holds whatever becomes of the watch: news may be late or
 * lost, or the thread be gone.
 *
 * <p>Only {@link #findByHash} answers from the cache, which is keyed by hash and holds no plaintext. What has reached its end
 * serves nobody, but lies there until something takes its place. While a change is under way, the tokens that it names are
 * looked up in the store. Give all managers of a process the same instance, since two do not know of each other's changes;
 * and no cache another one, since their lags add up.
 *
 * <p>Safe for use by many threads, virtual ones too: no lock is held while the store is asked, and a query that hangs holds up
 * nobody whose token is kept. Without a watch there is no thread, and nothing to close. Has no watch itself: what it keeps may
 * be older than the news.
 */
public final class CachedTokenStore implements TokenStore, AutoCloseable {
  private static final Duration LONGEST_LAG = Duration.ofDays(1);
  private static final int DEFAULT_ENTRIES = 10_000;

  private final TokenStore store;
  private final long lag;
  private final LongSupplier nanos;
  private final Cache<TokenHash, Entry> entries;
  private final Changes changes = new Changes();
  private final Watcher watcher;

  /** What expired before may have been deleted, or is about to be. */
  private final AtomicReference<Instant> purgedBefore = new AtomicReference<>(Instant.MIN);

  /** For tests that move the clock; it tells nanoseconds since whenever, and never goes back. */
  CachedTokenStore(
      TokenStore store, Duration maxRevocationLag, int maxEntries, LongSupplier nanos) {
    this.store = Objects.requireNonNull(store, "store");
    this.lag = checked(maxRevocationLag).toNanos();
    this.nanos = nanos;
    // Caffeine bounds their number alone. Each entry carries its own end, counted from the time
    // of the question: nobody sees a row with the end of another, and the clock is read once.
    this.entries = Caffeine.newBuilder()
        .maximumSize(checked(maxEntries))
        .executor(Runnable::run) // no thread of somebody else's
        .build();
    this.watcher = new Watcher(store, changes, lag);
  }

  /**
   * Puts a cache of at most 10,000 entries in front of a store.
   *
   * @param maxRevocationLag for how long a change that was made elsewhere may go unnoticed, at most
   * @throws IllegalArgumentException if the lag is not more than zero, or is more than a day
   */
  public static CachedTokenStore around(TokenStore store, Duration maxRevocationLag) {
    return around(store, maxRevocationLag, DEFAULT_ENTRIES);
  }

  /**
   * Puts a cache in front of a store.
   *
   * @param maxRevocationLag for how long a change that was made elsewhere may go unnoticed, at most
   * @param maxEntries how many rows are kept; beyond that, those that are asked for least make room; each takes
   *     some 700 bytes
   * @throws IllegalArgumentException if the lag is not more than zero, or is more than a day, or there is to be less than one
   *     entry
   */
  public static CachedTokenStore around(
      TokenStore store, Duration maxRevocationLag, int maxEntries) {
    CachedTokenStore cache =
        new CachedTokenStore(store, maxRevocationLag, maxEntries, System::nanoTime);
    cache.startWatching();
    return cache;
  }

  /** Not while it is being made: the thread sees it whole. */
  void startWatching() {
    watcher.start();
  }

  private static Duration checked(Duration lag) {
    if (lag.isZero() || lag.isNegative() || lag.compareTo(LONGEST_LAG) > 0) {
      throw new IllegalArgumentException(
          "maxRevocationLag: " + lag + " (expected: more than zero, at most " + LONGEST_LAG + ')');
    }
    return lag;
  }

  private static int checked(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: at least 1)");
    }
    return maxEntries;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    for (TokenHash candidate : candidates) {
      Entry entry = entries.getIfPresent(candidate);
      if (entry != null && isInForce(entry)) {
        return entry.found;
      }
    }
    // Both before the question: the answer is no younger than that, however long it takes.
    long moment = changes.moment();
    long askedAt = nanos.getAsLong();
    Optional<StoredToken> found = store.findByHash(candidates);
    if (found.isPresent() && found.get().enabled()) {
      keep(new Entry(found.get(), moment, askedAt), candidates);
    }
    return found;
  }

  /** One that comes too late, because its token was changed meanwhile, would serve nobody; this spares the place it takes. */
  private void keep(Entry entry, List<TokenHash> candidates) {
    if (isInForce(entry)) {
      candidates.stream().filter(entry::has).forEach(hash -> entries.put(hash, entry));
    }
  }

  /**
   * Judged whenever an entry is to serve, and not when it is put: so an entry that a change ends serves nobody after it,
   * whether it is in the cache already or comes into it late (CWE-362).
   */
  private boolean isInForce(Entry entry) {
    return changes.areNoneSince(entry.moment, entry.slotOfToken)
        && changes.areNoneSince(entry.moment, entry.slotOfOwner)
        && changes.areNoneSince(entry.moment, Changes.ALL)
        && !isPurged(entry)
        && nanos.getAsLong() - entry.askedAt < lag;
  }

  private boolean isPurged(Entry entry) {
    Optional<Instant> expiresAt = entry.row.expiresAt();
    return expiresAt.isPresent() && expiresAt.get().isBefore(purgedBefore.get());
  }

  @Override
  public long insert(StoredToken token) {
    return store.insert(token);
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return store.findById(id);
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return store.findByName(owner, name);
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return store.list(afterId, limit);
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return store.listOwnedBy(owner, afterId, limit);
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return change(id, () -> store.setEnabled(id, enabled));
  }

  @Override
  public int disableAll() {
    return changes.make(Changes.ALL, store::disableAll);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return changes.make(Changes.slotOfOwner(owner), () -> store.disableOwnedBy(owner));
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return change(id, () -> store.rotate(id, expected, replacement, previousUntil));
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return change(id, () -> store.rehash(id, expected, replacement));
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    return change(id, () -> store.endPrevious(id, previous, until));
  }

  /** Ends no entry, since all those in use would end at one moment, but notes the uses in them too. */
  @Override
  public void recordUses(Map<Long, Instant> uses) {
    store.recordUses(uses);
    entries.asMap().forEach((hash, entry) -> {
      Instant at = uses.get(entry.row.id());
      if (at != null) {
        entries.asMap().replace(hash, entry, entry.used(at));
      }
    });
  }

  @Override
  public boolean delete(long id) {
    return change(id, () -> store.delete(id));
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return changes.make(Changes.slotOfOwner(owner), () -> store.deleteOwnedBy(owner));
  }

  /** Which tokens it takes, the store does not say: all that it may take are looked up there from now on. */
  @Override
  public int deleteExpired(Instant before, int limit) {
    purgedBefore.accumulateAndGet(before, (old, now) -> now.isAfter(old) ? now : old);
    return store.deleteExpired(before, limit);
  }

  private boolean change(long id, Supplier<Boolean> change) {
    return changes.make(Changes.slotOfToken(id), change);
  }

  /**
   * Ends the thread that watches for changes, if there is one, and gives back what the watch holds; waits five seconds for a
   * store that hangs, and then gives up on it. Does not close the store, and goes on serving, with changes noticed when the lag
   * is over. One that is never closed ends its thread when nothing refers to it any more. A second call does nothing.
   */
  @Override
  public void close() {
    watcher.end();
  }

  /** What the store said, and as of when. Equal to itself alone. */
  private static final class Entry {
    final StoredToken row;
    final Optional<StoredToken> found; // made once, and not at each hit
    final long moment;
    final long askedAt;
    final int slotOfToken;
    final int slotOfOwner;

    Entry(StoredToken row, long moment, long askedAt) {
      this.row = row;
      this.found = Optional.of(row);
      this.moment = moment;
      this.askedAt = askedAt;
      this.slotOfToken = Changes.slotOfToken(row.id());
      this.slotOfOwner = Changes.slotOfOwner(row.owner());
    }

    boolean has(TokenHash hash) {
      return row.hash().equals(hash)
          || row.previous().filter(old -> old.hash().equals(hash)).isPresent();
    }

    Entry used(Instant at) {
      return new Entry(row.used(at), moment, askedAt);
    }
  }
}
