package io.counterfoil.testkit;

import io.counterfoil.ChangeWatch;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store that forwards every call to another store. A test extends it and overrides the methods that it wants to
 * change, for example to count calls or to fail.
 *
 * <p>No method calls another method of this class, so overriding one method never changes another one.
 */
public abstract class ForwardingTokenStore implements TokenStore {
  /** The store that receives the calls. */
  protected final TokenStore delegate;

  /**
   * Creates a store that forwards to another store.
   *
   * @param delegate the store that receives the calls
   */
  protected ForwardingTokenStore(TokenStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public long insert(StoredToken token) {
    return delegate.insert(token);
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    return delegate.insertOnce(key, token);
  }

  @Override
  public boolean isRecorded(String key) {
    return delegate.isRecorded(key);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return delegate.findByHash(candidates);
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return delegate.findById(id);
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return delegate.findByName(owner, name);
  }

  @Override
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return delegate.list(query, afterId, limit);
  }

  @Override
  public long count(TokenQuery query) {
    return delegate.count(query);
  }

  @Override
  public boolean update(StoredToken changed) {
    return delegate.update(changed);
  }

  @Override
  public boolean disable(long id) {
    return delegate.disable(id);
  }

  @Override
  public int disableAll() {
    return delegate.disableAll();
  }

  @Override
  public int disableOwnedBy(String owner) {
    return delegate.disableOwnedBy(owner);
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    delegate.recordUses(uses, latestPlausible);
  }

  @Override
  public boolean delete(long id) {
    return delegate.delete(id);
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return delegate.deleteOwnedBy(owner);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return delegate.deleteExpired(before, limit);
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return delegate.deleteExpired(id, before);
  }

  @Override
  public Duration stalenessBound() {
    return delegate.stalenessBound();
  }

  @Override
  public Optional<ChangeWatch> watch() {
    return delegate.watch();
  }
}
