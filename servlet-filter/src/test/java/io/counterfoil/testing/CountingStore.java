package io.counterfoil.testing;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts how often it is asked for a hash. */
public final class CountingStore extends ForwardingTokenStore {
  private final AtomicInteger lookups = new AtomicInteger();

  public CountingStore() {
    super(new InMemoryTokenStore());
  }

  /** How often a token was looked up by its hash since this was last asked. */
  public int lookups() {
    return lookups.getAndSet(0);
  }

  /** Everything in the store, to be compared with itself later. */
  public List<StoredToken> content() {
    return delegate.list(0, 1000);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    lookups.incrementAndGet();
    return delegate.findByHash(candidates);
  }
}
