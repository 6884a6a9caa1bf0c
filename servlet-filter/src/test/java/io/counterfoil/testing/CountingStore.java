package io.counterfoil.testing;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts how often it is asked for a hash. */
public final class CountingStore implements TokenStore {
  private final TokenStore store = new InMemoryTokenStore();
  private final AtomicInteger lookups = new AtomicInteger();

  /** How often a token was looked up by its hash since this was last asked. */
  public int lookups() {
    return lookups.getAndSet(0);
  }

  /** Everything in the store, to be compared with itself later. */
  public List<StoredToken> content() {
    return store.list(0, 1000);
  }

  @Override
  public long insert(StoredToken token) {
    return store.insert(token);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    lookups.incrementAndGet();
    return store.findByHash(candidates);
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
    return store.setEnabled(id, enabled);
  }

  @Override
  public int disableAll() {
    return store.disableAll();
  }

  @Override
  public int disableOwnedBy(String owner) {
    return store.disableOwnedBy(owner);
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
    return store.rotate(id, expected, replacement, previousUntil);
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return store.rehash(id, expected, replacement);
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    return store.endPrevious(id, previous, until);
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    store.recordUses(uses);
  }

  @Override
  public boolean delete(long id) {
    return store.delete(id);
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return store.deleteOwnedBy(owner);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return store.deleteExpired(before, limit);
  }
}
