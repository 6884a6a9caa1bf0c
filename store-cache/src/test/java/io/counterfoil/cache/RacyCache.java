package io.counterfoil.cache;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** A cache with a common bug: it is cleared after each change, but stores an answer that arrives later. */
final class RacyCache extends ForwardingTokenStore {
  private final ConcurrentMap<TokenHash, StoredToken> rows = new ConcurrentHashMap<>();

  private RacyCache(TokenStore store) {
    super(store);
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
    Optional<StoredToken> found = delegate.findByHash(candidates);
    found.ifPresent(loaded -> rows.put(candidates.get(0), loaded));
    return found;
  }

  @Override
  public boolean disable(long id) {
    return clearing(() -> delegate.disable(id));
  }

  @Override
  public int disableAll() {
    return clearing(delegate::disableAll);
  }

  @Override
  public int disableOwnedBy(String owner) {
    return clearing(() -> delegate.disableOwnedBy(owner));
  }

  @Override
  public boolean update(StoredToken changed) {
    return clearing(() -> delegate.update(changed));
  }

  @Override
  public boolean delete(long id) {
    return clearing(() -> delegate.delete(id));
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return clearing(() -> delegate.deleteOwnedBy(owner));
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return clearing(() -> delegate.deleteExpired(id, before));
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return clearing(() -> delegate.deleteExpired(before, limit));
  }
}
