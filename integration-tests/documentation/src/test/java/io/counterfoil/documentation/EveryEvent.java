package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.TokenUpdate;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.TestClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A run of a manager that causes every event, and a rejection for every reason. */
final class EveryEvent {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MAX_IDLE = Duration.ofDays(1);

  /** The recorder of uses drops further ones when 50,000 tokens wait. */
  private static final int MANY = 50_100;

  private final TestClock clock = new TestClock();
  private final AtomicBoolean refusesUses = new AtomicBoolean();
  private final AtomicBoolean fails = new AtomicBoolean();

  /** The cache through which the manager reads. */
  final CachedTokenStore cache = CachedTokenStore.around(store(), Duration.ofSeconds(5), 1_000);

  void run(UnaryOperator<TokenManager.Builder> listeners) {
    TokenManager tokens = listeners
        .apply(TokenManager.builder(cache))
        .clock(clock)
        .maxIdle(MAX_IDLE)
        .activeOwners(owner -> !owner.equals("gone"))
        .build();
    changes(tokens);
    properties(tokens);
    several(tokens);
    failures(tokens);
  }

  private static void changes(TokenManager tokens) {
    String first = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    tokens.authenticate(first);
    tokens.authenticate(first);
    String next = tokens.rotate(1, HOUR).orElseThrow().reveal();
    tokens.authenticate(first);
    tokens.disable(1);
    tokens.authenticate(next);
    tokens.enable(1);
    tokens.update(1, TokenUpdate.none().description("of the build server"));
    tokens.identify(next);
    tokens.identify("nonsense");
    tokens.reportLeak(next);
    tokens.authenticate(next);
    tokens.authenticate("nonsense");
  }

  private void properties(TokenManager tokens) {
    tokens.authenticate(
        tokens.create(NewToken.named("near").allowedAddresses("192.0.2.1")).reveal());
    tokens.authenticate(tokens.create(NewToken.named("ci").owner("gone")).reveal());
    String old = tokens.create(NewToken.named("old").expiresIn(HOUR)).reveal();
    String idle = tokens.create(NewToken.named("idle")).reveal();
    clock.advance(HOUR.plusSeconds(1));
    tokens.authenticate(old);
    clock.advance(MAX_IDLE.plus(HOUR));
    tokens.authenticate(idle);
    tokens.delete(tokens.find("", "idle").orElseThrow().id());
    tokens.authenticate(idle);
  }

  private void several(TokenManager tokens) {
    tokens.deleteExpired(clock.instant(), 10);
    tokens.disableOwnedBy("ann");
    tokens.deleteOwnedBy("ann");
    tokens.disableAll();
  }

  private void failures(TokenManager tokens) {
    refusesUses.set(true);
    List<String> plaintexts = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      plaintexts.add(tokens.create(NewToken.named("token " + i)).reveal());
    }
    plaintexts.forEach(tokens::authenticate);
    fails.set(true);
    assertThatThrownBy(() -> tokens.authenticate(plaintexts.get(0)))
        .isInstanceOf(TokenStoreException.class);
    tokens.close();
  }

  /** Returns a store that fails when it should. */
  private TokenStore store() {
    InMemoryTokenStore store = new InMemoryTokenStore();
    Object failing = Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          if (fails.get() || (refusesUses.get() && method.getName().equals("recordUses"))) {
            throw new TokenStoreException("no connection");
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return (TokenStore) failing;
  }
}
