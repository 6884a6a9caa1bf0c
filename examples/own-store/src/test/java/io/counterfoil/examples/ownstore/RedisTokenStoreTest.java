package io.counterfoil.examples.ownstore;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(SharedRedis.Switch.class)
class RedisTokenStoreTest extends TokenStoreContract {
  private static final AtomicInteger STORES = new AtomicInteger();

  @Override
  protected TokenStore emptyStore() {
    return new RedisTokenStore(SharedRedis.client(), "store" + STORES.incrementAndGet());
  }
}
