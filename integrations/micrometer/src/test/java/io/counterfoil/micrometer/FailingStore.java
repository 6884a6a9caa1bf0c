package io.counterfoil.micrometer;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that never records uses, and that fails completely when a test says so. */
final class FailingStore extends ForwardingTokenStore {
  private volatile boolean isFailing;
  private volatile boolean refusesUses;

  FailingStore(TokenStore store) {
    super(store);
  }

  void fail() {
    isFailing = true;
  }

  void refuseUses() {
    refusesUses = true;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    check();
    return super.findByHash(candidates);
  }

  @Override
  public int disableAll() {
    check();
    return super.disableAll();
  }

  private void check() {
    if (isFailing) {
      throw new TokenStoreException("no connection");
    }
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    if (refusesUses) {
      throw new TokenStoreException("no connection");
    }
    super.recordUses(uses, latestPlausible);
  }
}
