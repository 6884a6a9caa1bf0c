package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#disable}. */
abstract class DisableContract extends MethodContract {
  DisableContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void disables_a_token_raises_its_revision_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("disabled"));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.disable(row.id())).isTrue();
    assertHolds(before, TestRow.disabled(row), after);
  }

  @Test
  void disables_an_expired_token() {
    StoredToken row = put(TestRow.named("n").expiresAt(Instant.EPOCH));
    assertThat(store.disable(row.id())).isTrue();
    assertHolds(TestRow.disabled(row));
  }

  @Test
  void returns_true_if_the_token_is_disabled_already() {
    StoredToken row = put(TestRow.full("n").enabled(false));
    for (int i = 1; i <= 3; i++) {
      assertThat(store.disable(row.id())).isTrue();
      StoredToken disabled = store.findById(row.id()).orElseThrow();
      assertThat(disabled.revision()).isBetween(row.revision(), row.revision() + i);
      assertHolds(TestRow.withRevision(row, disabled.revision()));
    }
  }

  @Test
  void an_update_of_the_row_before_is_stale_afterwards() {
    StoredToken row = put(TestRow.full("n"));
    assertThat(store.disable(row.id())).isTrue();
    assertThat(store.update(row)).isFalse();
    assertHolds(TestRow.disabled(row));
  }

  @Test
  void returns_false_if_there_is_no_such_token() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    assertThat(store.disable(gone.id())).isFalse();
    assertThat(store.disable(UNKNOWN)).isFalse();
    assertThat(store.disable(0)).isFalse();
    assertThat(store.disable(-row.id())).isFalse();
    assertHolds(row);
  }

  @Test // G4
  void neither_undoes_nor_is_undone_by_concurrent_updates_and_uses() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(
          List.of(changes.describe()),
          List.of(changes.rotate(), changes.disable(), changes.use())));
      assertChangedTo(RowChanges.used(
          RowChanges.described(TestRow.of(changes.rotated()).enabled(false).build())));
    }
  }

  @Test // G4
  void of_a_disable_and_an_enable_of_a_row_that_was_read_before_the_disable_wins()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> enable = changes.update(row);
      Race.between(List.of(enable, enable, changes.disable(), enable, enable));
      assertChangedTo(TestRow.of(row).enabled(false).build());
    }
  }
}
