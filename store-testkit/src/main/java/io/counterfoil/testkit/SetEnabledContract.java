package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#setEnabled}. */
abstract class SetEnabledContract extends MethodContract {
  SetEnabledContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void disables_and_enables_a_token_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("switched"));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertHolds(before, row.withEnabled(false), after);
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertHolds(before, row, after);
  }

  @Test
  void returns_true_if_the_token_is_in_that_state_already() {
    StoredToken row = put(TestRow.full("n"));
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertHolds(row.withEnabled(false));
  }

  @Test
  void enables_an_expired_token() {
    StoredToken row = put(TestRow.named("n").expiresAt(Instant.EPOCH).enabled(false));
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertHolds(row.withEnabled(true));
  }

  @Test
  void returns_false_if_there_is_no_such_token() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    assertThat(store.setEnabled(gone.id(), true)).isFalse();
    assertThat(store.setEnabled(UNKNOWN, false)).isFalse();
    assertThat(store.setEnabled(0, false)).isFalse();
    assertThat(store.setEnabled(-row.id(), false)).isFalse();
    assertHolds(row);
  }

  @Test
  void neither_undoes_nor_is_undone_by_a_concurrent_rotation() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(
          List.of(changes.disable(), changes.disable()), List.of(changes.rotate())));
      assertThat(store.findById(row.id())).contains(changes.rotated().withEnabled(false));
    }
  }
}
