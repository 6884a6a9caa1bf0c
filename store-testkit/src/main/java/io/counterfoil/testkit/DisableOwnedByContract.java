package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#disableOwnedBy}. */
abstract class DisableOwnedByContract extends MethodContract {
  /** The number of rounds. It is smaller than in other races, because each round has many tokens. */
  private static final int ROUNDS = Effort.times(2);

  private static final int TOKENS = 60;

  DisableOwnedByContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void disables_the_tokens_of_one_owner_and_changes_nothing_else() {
    StoredToken one = put(TestRow.full("one").owner("mine"));
    StoredToken other = put(TestRow.full("other"));
    StoredToken two = put(TestRow.full("two").owner("mine"));
    StoredToken nobodys = put(TestRow.named("one"));
    store.disableOwnedBy("mine");
    assertHolds(TestRow.disabled(one), other, TestRow.disabled(two), nobodys);
  }

  @Test
  void returns_the_number_of_tokens_that_were_enabled() {
    put(TestRow.named("on").owner("mine"));
    put(TestRow.named("off").owner("mine").enabled(false));
    put(TestRow.named("on"));
    assertThat(store.disableOwnedBy("nobody")).isZero();
    assertThat(store.disableOwnedBy("mine")).isEqualTo(1);
    assertThat(store.disableOwnedBy("mine")).isZero();
    assertThat(store.disableOwnedBy("")).isEqualTo(1);
  }

  /** This race occurs when a person leaves while several nodes record uses of that person's tokens. */
  @Test // G4
  void is_neither_undone_nor_prevented_by_concurrent_uses() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      String owner = "owner " + round;
      Use at = new Use(TestRow.NOW, Optional.empty());
      Map<Long, Use> uses = new HashMap<>();
      for (int i = TOKENS; i > 0; i--) { // names and ids in opposite orders
        uses.put(insert(TestRow.named("token " + i).owner(owner)).id(), at);
      }
      Callable<Integer> use = () -> {
        store.recordUses(uses, TestRow.NOW);
        return 0;
      };
      Callable<Integer> disable = () -> store.disableOwnedBy(owner);
      List<Integer> disabled = Race.between(List.of(use, disable, use, disable, use));
      assertThat(disabled.stream().mapToInt(Integer::intValue).sum()).isEqualTo(TOKENS);
      assertThat(store.list(TokenQuery.all().owner(owner), 0, TOKENS))
          .hasSize(TOKENS)
          .noneMatch(StoredToken::enabled)
          .allMatch(row -> row.lastUsedAt().isPresent());
      assertThat(store.deleteOwnedBy(owner)).isEqualTo(TOKENS);
    }
  }

  @Test // F6
  void does_not_confuse_similar_owners() {
    for (String owner : ConfusableTexts.ALL) {
      insert(TestRow.named("n").owner(owner));
    }
    for (String owner : ConfusableTexts.ALL) {
      assertThat(store.disableOwnedBy(owner)).as(owner).isEqualTo(1);
    }
  }
}
