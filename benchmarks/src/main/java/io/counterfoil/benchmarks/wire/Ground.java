package io.counterfoil.benchmarks.wire;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tokens in memory whose checksums take a key, and a count of how often their store is asked.
 *
 * @param manager of the tokens
 * @param plaintexts of all of them
 * @param calls how often the store was asked since
 */
record Ground(TokenManager manager, List<String> plaintexts, LongAdder calls) {
  private static final int KEY_BYTES = 32;

  static Ground of(int tokens) {
    LongAdder calls = new LongAdder();
    TokenManager manager = TokenManager.builder(counted(new InMemoryTokenStore(), calls))
        .checksumKeys(new SecureRandom().generateSeed(KEY_BYTES))
        .plainChecksumsUntil(Instant.EPOCH)
        .build();
    List<String> plaintexts = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      plaintexts.add(manager.create(NewToken.named("token-" + i)).reveal());
    }
    calls.reset();
    return new Ground(manager, List.copyOf(plaintexts), calls);
  }

  /**
   * Slower than a store by some nanoseconds, and so at our own cost. That uses are written, now and then, is no request's doing.
   */
  private static TokenStore counted(TokenStore store, LongAdder calls) {
    return (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          if (!method.getName().equals("recordUses")) {
            calls.increment();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
