package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#disableAll}. */
abstract class DisableAllContract extends MethodContract {
  DisableAllContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void disables_every_token_and_changes_nothing_else() {
    StoredToken one = put(TestRow.full("one"));
    StoredToken two = put(TestRow.full("two").owner(""));
    StoredToken three = put(TestRow.named("three").expiresAt(Instant.EPOCH));
    store.disableAll();
    assertHolds(TestRow.disabled(one), TestRow.disabled(two), TestRow.disabled(three));
  }

  @Test
  void returns_the_number_of_tokens_that_were_enabled() {
    assertThat(store.disableAll()).isZero();
    put(TestRow.named("on"));
    put(TestRow.named("off").enabled(false));
    put(TestRow.named("on too").owner("mine"));
    assertThat(store.disableAll()).isEqualTo(2);
    assertThat(store.disableAll()).isZero();
  }

  @Test // G4
  void is_not_undone_by_concurrent_uses_and_rotations() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> disableAll = () -> store.disableAll() >= 0;
      Race.between(RowChanges.mixed(List.of(disableAll), List.of(changes.use(), changes.rotate())));
      assertChangedTo(
          RowChanges.used(TestRow.of(changes.rotated()).enabled(false).build()));
    }
  }
}
