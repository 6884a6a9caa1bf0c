package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Changes of many tokens at the same time, each of which fails if it loses a deadlock to another.
 *
 * <p>Before each race, the tokens change in random order, because some databases then store them in that order.
 */
abstract class ManyRowsRaceContract extends MethodContract {
  private static final int ROUNDS = Effort.times(10);
  private static final int TOKENS = 100;
  private static final String OWNER = "mine";
  private static final Instant EXPIRY = TestRow.NOW.plusSeconds(60);
  private static final Instant LAST_USE = TestRow.NOW.plusSeconds(10);

  private final Random random = new Random(16);

  ManyRowsRaceContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // G4
  void tokens_that_are_disabled_while_uses_are_recorded_are_all_disabled_and_used()
      throws InterruptedException {
    List<StoredToken> rows = putMany();
    for (int round = 0; round < ROUNDS; round++) {
      enableInRandomOrder(rows);
      Instant at = LAST_USE.plusSeconds(round);
      Callable<Integer> use = () -> use(rows, at);
      List<Integer> disabled = Race.between(
          List.of(use, store::disableAll, use, () -> store.disableOwnedBy(OWNER), use));
      assertThat(disabled.stream().mapToInt(Integer::intValue).sum()).isEqualTo(TOKENS);
      assertThat(store.list(TokenQuery.all(), 0, 2 * TOKENS))
          .hasSize(TOKENS)
          .allMatch(row -> !row.enabled() && row.lastUsedAt().equals(Optional.of(at)));
    }
  }

  @Test // G4
  void tokens_that_are_deleted_while_uses_are_recorded_stay_deleted() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      List<StoredToken> rows = putMany();
      enableInRandomOrder(rows);
      Callable<Integer> use = () -> use(rows, LAST_USE);
      Callable<Integer> expire = () -> store.deleteExpired(EXPIRY.plusMillis(1), TOKENS);
      Race.between(List.of(
          use, expire, use, () -> store.deleteOwnedBy(OWNER), use, expire, store::disableAll));
      assertThat(store.list(TokenQuery.all(), 0, TOKENS)).isEmpty();
    }
  }

  private List<StoredToken> putMany() {
    List<StoredToken> rows = new ArrayList<>();
    for (int i = TOKENS; i > 0; i--) { // names and ids in opposite orders
      rows.add(insert(TestRow.named("token " + i).owner(OWNER).expiresAt(EXPIRY)));
    }
    return rows;
  }

  private void enableInRandomOrder(List<StoredToken> rows) {
    List<StoredToken> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    for (StoredToken row : shuffled) {
      assertThat(store.disable(row.id())).isTrue();
      StoredToken disabled = store.findById(row.id()).orElseThrow();
      update(TestRow.of(disabled).enabled(true).build());
    }
  }

  private int use(List<StoredToken> rows, Instant at) {
    Map<Long, Use> uses = new HashMap<>();
    rows.forEach(row -> uses.put(row.id(), new Use(at, Optional.empty())));
    store.recordUses(uses, Instant.MAX);
    return 0;
  }
}
