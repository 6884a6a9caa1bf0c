package io.counterfoil.benchmarks.server;

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
 * Tokens in memory with keyed checksums, and a counter of the calls of their store.
 *
 * @param manager the manager of the tokens
 * @param plaintexts the plaintexts of all tokens
 * @param calls the number of calls of the store since the tokens were created
 */
record CountedTokens(TokenManager manager, List<String> plaintexts, LongAdder calls) {
  private static final int KEY_BYTES = 32;

  static CountedTokens of(int tokens) {
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
    return new CountedTokens(manager, List.copyOf(plaintexts), calls);
  }

  /**
   * Counts the calls of a store. This adds some nanoseconds to each call. The periodic {@code recordUses} is not counted,
   * because no request causes it.
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
