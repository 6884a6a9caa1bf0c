package io.counterfoil.benchmarks.server;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tokens in memory with keyed checksums, and a counter of the calls of their store.
 *
 * @param calls the number of calls of the store since the tokens were created
 */
record CountedTokens(ServedTokens tokens, LongAdder calls) {
  private static final int KEY_BYTES = 32;

  static CountedTokens of(int tokens) {
    LongAdder calls = new LongAdder();
    TokenStore store = counted(new InMemoryTokenStore(), calls);
    ServedTokens served = ServedTokens.in(store, withKeyedChecksums(store), tokens);
    calls.reset();
    return new CountedTokens(served, calls);
  }

  /** Returns a manager that nobody else can make checksums for. */
  static TokenManager withKeyedChecksums(TokenStore store) {
    return TokenManager.builder(store)
        .checksumKeys(new SecureRandom().generateSeed(KEY_BYTES))
        .plainChecksumsUntil(Instant.EPOCH)
        .build();
  }

  /** Counts the calls of a store, except the periodic {@code recordUses}, which no request causes. */
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
