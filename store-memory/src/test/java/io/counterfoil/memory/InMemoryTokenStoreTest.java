package io.counterfoil.memory;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;

class InMemoryTokenStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return new InMemoryTokenStore();
  }
}
