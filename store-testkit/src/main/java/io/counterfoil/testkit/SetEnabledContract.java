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
  void switches_a_token_off_and_on_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("switched"));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertHolds(before, row.withEnabled(false), after);
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertHolds(before, row, after);
  }

  @Test
  void is_true_for_a_token_that_is_as_it_should_be_already() {
    StoredToken row = put(TestRow.full("n"));
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertThat(store.setEnabled(row.id(), false)).isTrue();
    assertHolds(row.withEnabled(false));
  }

  @Test
  void does_not_judge_whether_the_token_is_active() {
    StoredToken row = put(TestRow.named("n").expiresAt(Instant.EPOCH).enabled(false));
    assertThat(store.setEnabled(row.id(), true)).isTrue();
    assertHolds(row.withEnabled(true));
  }

  @Test
  void is_false_if_there_is_no_such_token() {
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
  void does_not_undo_a_rotation_made_at_the_same_time_nor_is_undone_by_it()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(
          List.of(changes.disable(), changes.disable()), List.of(changes.rotate())));
      assertThat(store.findById(row.id())).contains(changes.rotated().withEnabled(false));
    }
  }
}
