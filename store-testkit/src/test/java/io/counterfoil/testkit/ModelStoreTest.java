package io.counterfoil.testkit;

import io.counterfoil.TokenStore;

// @start region="contract"
class ModelStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return new ModelStore();
  }
}
// @end region="contract"
