package io.counterfoil.micrometer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.TokenUpdate;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Causes each event of a manager, and a rejection for each reason. */
final class AllEvents {
  /** The owner that is not active. */
  static final String INACTIVE = "gone";

  /** The recorder of uses drops further ones when 50,000 tokens wait. */
  private static final int MANY = 51_000;

  private static final Duration HOUR = Duration.ofHours(1);

  static final Duration MAX_IDLE = Duration.ofDays(1);

  private AllEvents() {}

  static void cause(TokenManager tokens, FailingStore store, TestClock clock) {
    String first = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    tokens.authenticate(first);
    String next = tokens.rotate(1, HOUR).orElseThrow().reveal();
    tokens.authenticate(first);
    tokens.disable(1);
    tokens.authenticate(next);
    tokens.enable(1);
    tokens.reportLeak(next);
    tokens.authenticate(next);
    tokens.authenticate("nonsense");
    tokens.update(1, TokenUpdate.none().description("of the build server"));
    tokens.identify(next);
    tokens.identify("nonsense");
    rejectForProperties(tokens);
    String old = tokens.create(NewToken.named("old").expiresIn(HOUR)).reveal();
    clock.advance(HOUR.plusSeconds(1));
    tokens.authenticate(old);
    tokens.authenticate(first);
    tokens.deleteExpired(clock.instant(), 1);
    tokens.disableOwnedBy("ann");
    tokens.disableAll();
    tokens.delete(1);
    tokens.deleteOwnedBy("ann");
    String idle = tokens.create(NewToken.named("idle")).reveal();
    clock.advance(MAX_IDLE.plus(HOUR));
    tokens.authenticate(idle);
    store.refuseUses();
    dropUses(tokens);
    store.fail();
    assertThatThrownBy(() -> tokens.authenticate(next)).isInstanceOf(TokenStoreException.class);
  }

  private static void rejectForProperties(TokenManager tokens) {
    tokens.authenticate(
        tokens.create(NewToken.named("near").allowedAddresses("192.0.2.1")).reveal());
    tokens.authenticate(tokens.create(NewToken.named("ci").owner(INACTIVE)).reveal());
  }

  private static void dropUses(TokenManager tokens) {
    List<String> plaintexts = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      plaintexts.add(tokens.create(NewToken.named("token " + i)).reveal());
    }
    plaintexts.forEach(tokens::authenticate);
    tokens.close();
  }
}
