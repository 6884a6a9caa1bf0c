package io.counterfoil.cache;

import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import java.time.Duration;

/** Where all changes go through it, a store with a cache is a store like any other. */
class CachedTokenStoreContractTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofHours(1));
  }
}
