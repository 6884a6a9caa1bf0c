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
import java.util.Set;

/** A store that records no use of a token, and that fails completely when a test says so. */
final class FailingStore extends ForwardingTokenStore {
  private volatile boolean isFailing;

  FailingStore(TokenStore store) {
    super(store);
  }

  void fail() {
    isFailing = true;
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

  /** The manager rejects idle tokens only if the store accepts a use of no token. */
  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    if (!uses.keySet().equals(Set.of(StoredToken.UNSAVED))) {
      throw new TokenStoreException("no connection");
    }
  }
}
