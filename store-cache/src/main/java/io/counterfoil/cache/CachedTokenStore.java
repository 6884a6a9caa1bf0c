package io.counterfoil.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A cache in front of another {@link TokenStore}: a token that was authenticated a short time ago needs no query.
 *
 * <p>A change that any manager makes through this instance is in force when the call returns, as without a cache. If a token is
 * disabled, deleted or rotated elsewhere (on another node, or directly in the store behind the cache), or its plaintext is
 * reported as leaked there, it may still be accepted for at most the staleness bound. For the same time, it may still be accepted
 * with the scopes, addresses and expiry from before an update that was made elsewhere. After the change has returned and the
 * bound has passed, no new authentication accepts a plaintext that the change revoked, or gives a right that the change took away.
 * The bound counts from the time of the query, not from the time of its answer. It is measured with the monotonic clock of the
 * machine, which cannot be set. While a whole machine is suspended, that clock may stop. The bound then lasts longer.
 *
 * <p>The cache never causes a rejection. It keeps enabled tokens only, so a token that is created, enabled or rotated anywhere
 * is accepted at once. If a cached token seems expired or idle, or its address seems not to be allowed, the manager reads the
 * token again: it may have been updated elsewhere. Scopes that an update elsewhere has added may be missing for at most the
 * bound. An unknown, leaked or disabled token costs a query each time. The manager checks expiry, overlap,
 * addresses and owner on every authentication, cached or not. If the store fails, cached tokens are accepted until their bound
 * ends; all other calls throw the store's exception. {@link io.counterfoil.Token#lastUsedAt} of an accepted or identified token
 * may be late by up to the bound, in addition to the interval in which uses are recorded. {@link
 * io.counterfoil.TokenManager#reportLeak} reads the token again and acts on its current state.
 *
 * <p>Some stores, such as {@code JdbcTokenStore}, have a change feed ({@link TokenStore#watch}). With a feed, changes made
 * elsewhere are usually noticed much sooner: within a tenth of the bound, at most 1 second. A thread reads the feed this often.
 * A changed token is read from the store at its next authentication. If the feed cannot say which tokens changed, the whole
 * cache is invalidated, at most 10 times per staleness bound. The next change of this kind may then wait for a tenth of the
 * bound. The bound holds even if the feed is late or loses changes, or if its thread has ended.
 *
 * <p>Only {@link #findByHash} answers from the cache, which is keyed by hash with its tag, and contains no plaintext. An entry
 * whose bound has ended is never used, but stays in memory until another entry takes its place. When the entry of a token has
 * ended, one caller queries the store. Other callers of that token wait for its answer, at most 1 second. They query the store
 * themselves if they cannot use it: if the query fails, or if it does not find an enabled token. While a change is in progress,
 * the tokens that it may affect are read from the store. Give all managers of a process the same instance: two instances do not
 * see each other's changes. Do not put one cache in front of another: their bounds add up.
 *
 * <p>Safe for use by many threads, including virtual threads. No lock is held while the store is queried. So a query that hangs
 * delays no caller whose token is cached, and other callers of the same token by at most 1 second. Without a change feed there is
 * no thread, and nothing to close. This store has no change feed itself: its rows may be older than a change that the feed has
 * reported.
 */
public final class CachedTokenStore implements TokenStore, AutoCloseable {
  private static final Duration MAX_BOUND = Duration.ofDays(1);
  private static final int DEFAULT_ENTRIES = 10_000;

  private final TokenStore store;
  private final long boundNanos;
  private final LongSupplier nanos;
  private final Cache<TokenHash, Entry> entries;
  private final ChangeVersions versions = new ChangeVersions();
  private final ChangeFeedReader feedReader;

  /** The queries in progress for tokens whose entries have ended, by token. */
  private final ConcurrentMap<Long, Renewal> renewals = new ConcurrentHashMap<>();

  /** The latest time that was passed to {@link #deleteExpired}: a row whose expiry is before it may have been deleted. */
  private final AtomicReference<Instant> deletedBefore = new AtomicReference<>(Instant.MIN);

  private final Counters counters = new Counters();

  /** For tests with their own clock. The clock counts nanoseconds from any start and never goes back. */
  CachedTokenStore(TokenStore store, Duration stalenessBound, int maxEntries, LongSupplier nanos) {
    this.store = Objects.requireNonNull(store, "store");
    this.boundNanos = checked(stalenessBound).toNanos();
    this.nanos = nanos;
    // Caffeine only limits the number of entries. Each entry contains the time of its own query. So
    // a row never gets the time of another query, and the clock is read only once.
    this.entries = Caffeine.newBuilder()
        .maximumSize(checked(maxEntries))
        .evictionListener((hash, entry, cause) -> counters.evictions.increment())
        .executor(Runnable::run) // not on the common pool
        .build();
    this.feedReader = new ChangeFeedReader(store, versions, boundNanos);
  }

  /**
   * Returns a cache of at most 10,000 entries in front of a store.
   *
   * @param stalenessBound the longest time for which a change made elsewhere may go unnoticed; more than zero, at most 1 day
   * @throws IllegalArgumentException if the bound is out of range
   */
  public static CachedTokenStore around(TokenStore store, Duration stalenessBound) {
    return around(store, stalenessBound, DEFAULT_ENTRIES);
  }

  /**
   * Returns a cache in front of a store.
   *
   * @param stalenessBound the longest time for which a change made elsewhere may go unnoticed; more than zero, at most 1 day
   * @param maxEntries the maximum number of entries, at least 1. If there are more, the least used entries are evicted. Each
   *     entry takes about 700 bytes
   * @throws IllegalArgumentException if the bound or the number of entries is out of range
   */
  public static CachedTokenStore around(TokenStore store, Duration stalenessBound, int maxEntries) {
    CachedTokenStore cache =
        new CachedTokenStore(store, stalenessBound, maxEntries, System::nanoTime);
    cache.startFeedReader();
    return cache;
  }

  /** Not called by the constructor: the thread must see a complete object. */
  void startFeedReader() {
    feedReader.start();
  }

  private static Duration checked(Duration bound) {
    if (bound.isZero() || bound.isNegative() || bound.compareTo(MAX_BOUND) > 0) {
      throw new IllegalArgumentException(
          "stalenessBound: " + bound + " (expected: more than zero, at most " + MAX_BOUND + ')');
    }
    return bound;
  }

  private static int checked(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: at least 1)");
    }
    return maxEntries;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    Optional<Entry> ended = Optional.empty();
    for (TokenHash candidate : candidates) {
      Entry entry = entries.getIfPresent(candidate);
      if (entry != null && isValid(entry)) {
        return hit(entry);
      }
      ended = ended.or(() -> Optional.ofNullable(entry));
    }
    return ended.isPresent() ? renewed(ended.get(), candidates) : query(candidates, entry -> {});
  }

  /**
   * Returns the answer of one query to all callers that come during the query. To the other callers, its answer is like an entry
   * that they find in the cache: they use it only if it is valid now. So they never use the answer that there is no such token.
   */
  private Optional<StoredToken> renewed(Entry ended, List<TokenHash> candidates) {
    Renewal own = new Renewal();
    Renewal renewal = renewals.putIfAbsent(ended.row.id(), own);
    if (renewal == null) {
      try {
        return query(candidates, own::answer);
      } finally {
        renewals.remove(ended.row.id(), own);
        own.end();
      }
    }
    return renewal
        .await()
        .filter(entry -> entry.hasAny(candidates) && isValid(entry))
        .map(this::hit)
        .orElseGet(() -> query(candidates, entry -> {}));
  }

  private Optional<StoredToken> hit(Entry entry) {
    counters.hits.increment();
    return entry.found;
  }

  private Optional<StoredToken> query(List<TokenHash> candidates, Consumer<Entry> answer) {
    counters.misses.increment();
    // Both are read before the query, because the row may be as old as the start of the query.
    long version = versions.current();
    long queriedAt = nanos.getAsLong();
    Optional<StoredToken> found = store.findByHash(candidates);
    if (found.isPresent() && found.get().enabled()) {
      Entry entry = new Entry(found.get(), version, queriedAt);
      keep(entry, candidates);
      answer.accept(entry);
    }
    return found;
  }

  /** An entry whose token changed during the query would never be used, so it is not stored. */
  private void keep(Entry entry, List<TokenHash> candidates) {
    if (isValid(entry)) {
      candidates.stream().filter(entry::has).forEach(hash -> {
        entries.put(hash, entry);
        counters.puts.increment();
      });
    }
  }

  /**
   * Returns whether an entry may be used. It is called whenever an entry is used, not only when it is stored. So an entry that
   * a change has invalidated is never used, even if its query ends after the change (CWE-362).
   */
  private boolean isValid(Entry entry) {
    return versions.isUnchangedSince(entry.version, entry.slotOfToken)
        && versions.isUnchangedSince(entry.version, entry.slotOfOwner)
        && versions.isUnchangedSince(entry.version, ChangeVersions.ALL)
        && (!mayBeExpired(entry)
            || versions.isUnchangedSince(entry.version, ChangeVersions.EXPIRED))
        && nanos.getAsLong() - entry.queriedAt < boundNanos;
  }

  private boolean mayBeExpired(Entry entry) {
    Optional<Instant> expiresAt = entry.row.expiresAt();
    return expiresAt.isPresent() && expiresAt.get().isBefore(deletedBefore.get());
  }

  @Override
  public long insert(StoredToken token) {
    return store.insert(token);
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    return store.insertOnce(key, token);
  }

  @Override
  public boolean isRecorded(String key) {
    return store.isRecorded(key);
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
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return store.list(query, afterId, limit);
  }

  @Override
  public long count(TokenQuery query) {
    return store.count(query);
  }

  @Override
  public boolean update(StoredToken changed) {
    return change(changed.id(), () -> store.update(changed));
  }

  @Override
  public boolean disable(long id) {
    return change(id, () -> store.disable(id));
  }

  @Override
  public int disableAll() {
    return versions.run(ChangeVersions.ALL, store::disableAll);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return versions.run(ChangeVersions.slotOfOwner(owner), () -> store.disableOwnedBy(owner));
  }

  /**
   * Records the uses in the entries, too. It invalidates no entry, because it would then invalidate all entries in use at the
   * same time.
   */
  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    store.recordUses(uses, latestPlausible);
    entries.asMap().forEach((hash, entry) -> {
      StoredToken.Use use = uses.get(entry.row.id());
      if (use != null) {
        entries.asMap().replace(hash, entry, entry.used(use, latestPlausible));
      }
    });
  }

  @Override
  public boolean delete(long id) {
    return change(id, () -> store.delete(id));
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return versions.run(ChangeVersions.slotOfOwner(owner), () -> store.deleteOwnedBy(owner));
  }

  /**
   * The store does not say which tokens it deletes. So every token that it may delete is read from the store again. A row that is
   * read after the call still exists, and is cached as usual, even if the clock of the caller was far ahead.
   */
  @Override
  public int deleteExpired(Instant before, int limit) {
    deletedBefore.accumulateAndGet(before, (old, now) -> now.isAfter(old) ? now : old);
    return versions.run(ChangeVersions.EXPIRED, () -> store.deleteExpired(before, limit));
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return change(id, () -> store.deleteExpired(id, before));
  }

  /** Returns the bound of this cache, plus that of the store behind it. */
  @Override
  public Duration stalenessBound() {
    return Duration.ofNanos(boundNanos).plus(store.stalenessBound());
  }

  private boolean change(long id, Supplier<Boolean> change) {
    return versions.run(ChangeVersions.slotOfToken(id), change);
  }

  /** Returns counts for meters. Does not query the store. */
  public CacheStatistics statistics() {
    return counters.read(entries.estimatedSize());
  }

  /**
   * Ends the thread that reads the change feed, if there is one, and closes the feed. Waits at most 5 seconds for a store that
   * hangs. Does not close the store. The cache can still be used. Changes made elsewhere are then noticed when the staleness
   * bound ends. If an instance is never closed, its thread ends when the instance is no longer referenced. A second call does
   * nothing.
   */
  @Override
  public void close() {
    feedReader.close();
  }
}
