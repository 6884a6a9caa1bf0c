package io.counterfoil.examples.gateway;

import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that can be made to fail. */
final class FailingStore {
  private FailingStore() {}

  static TokenStore of(AtomicBoolean isFailing) {
    TokenStore store = new InMemoryTokenStore();
    return (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          if (isFailing.get()) {
            throw new TokenStoreException("away");
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
