package io.counterfoil.testing;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An in-memory store that counts lookups by hash. */
public final class CountingStore extends ForwardingTokenStore {
  private final AtomicInteger lookups = new AtomicInteger();

  public CountingStore() {
    super(new InMemoryTokenStore());
  }

  /** Returns the number of lookups by hash since the last call. */
  public int lookups() {
    return lookups.getAndSet(0);
  }

  /** Returns all tokens, up to 1000. */
  public List<StoredToken> content() {
    return delegate.list(TokenQuery.all(), 0, 1000);
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    lookups.incrementAndGet();
    return delegate.findByHash(candidates);
  }
}
