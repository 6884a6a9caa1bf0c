package io.counterfoil.benchmarks.speed;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A manager that finds all tokens in a cache. Apart from the others: in a process that has met several kinds of store, a call of
 * one is no longer inlined, and a host has one.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as the setup
public class CachedTokens {
  private static final Duration LONGER_THAN_THIS_TAKES = Duration.ofDays(1);

  /** The manager. */
  TokenManager manager;

  private final LongAdder misses = new LongAdder();
  private long missesAtFirst;

  /** Fills the cache. */
  @Setup(Level.Trial)
  public void fill(Tokens tokens) {
    TokenStore counted = counted(tokens.store);
    manager = TokenManager.builder(CachedTokenStore.around(counted, LONGER_THAN_THIS_TAKES))
        .recordNoUses()
        .build();
    tokens.requireAccepted(manager);
    missesAtFirst = misses.sum();
    Tokens.settle();
  }

  /** Passes all on to a store, and counts that. */
  private TokenStore counted(TokenStore store) {
    return (TokenStore) Proxy.newProxyInstance(
        CachedTokens.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          misses.increment();
          return method.invoke(store, arguments);
        });
  }

  /** Refuses what was not measured in the cache alone. */
  @TearDown(Level.Trial)
  public void close() {
    manager.close();
    if (misses.sum() != missesAtFirst) {
      throw new IllegalStateException("the cache did not have all tokens");
    }
  }
}
