package io.counterfoil.cache;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** A cache that is emptied after each change, as many are: an answer that comes late outlives it. */
final class RacyCache implements TokenStore {
  private final ConcurrentMap<TokenHash, StoredToken> rows = new ConcurrentHashMap<>();
  private final TokenStore store;

  private RacyCache(TokenStore store) {
    this.store = store;
  }

  static TokenStore around(TokenStore store) {
    return new RacyCache(store);
  }

  private <T> T clearing(Supplier<T> change) {
    T result = change.get();
    rows.clear();
    return result;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    StoredToken row = rows.get(candidates.get(0));
    if (row != null) {
      return Optional.of(row);
    }
    Optional<StoredToken> found = store.findByHash(candidates);
    found.ifPresent(loaded -> rows.put(candidates.get(0), loaded));
    return found;
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
    return clearing(() -> store.setEnabled(id, enabled));
  }

  @Override
  public int disableAll() {
    return clearing(store::disableAll);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return clearing(() -> store.disableOwnedBy(owner));
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return clearing(() -> store.rotate(id, expected, replacement, previousUntil));
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return clearing(() -> store.rehash(id, expected, replacement));
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    return clearing(() -> store.endPrevious(id, previous, until));
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    store.recordUses(uses);
  }

  @Override
  public boolean delete(long id) {
    return clearing(() -> store.delete(id));
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return clearing(() -> store.deleteOwnedBy(owner));
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return clearing(() -> store.deleteExpired(before, limit));
  }
}
