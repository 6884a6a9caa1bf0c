package io.counterfoil.cache;

import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import java.time.Duration;

/** If all changes go through the cache, it fulfils the contract of a store. */
class CachedTokenStoreContractTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofHours(1));
  }
}
