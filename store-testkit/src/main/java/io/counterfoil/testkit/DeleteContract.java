package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#delete}. */
abstract class DeleteContract extends MethodContract {
  DeleteContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void deletes_a_token_permanently_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("deleted"));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.delete(row.id())).isTrue();
    assertHolds(before, after);
    assertThat(store.findById(row.id())).isEmpty();
    assertThat(list(TokenQuery.all().owner(row.owner()))).isEmpty();
  }

  @Test
  void neither_hash_of_a_deleted_token_finds_it() {
    StoredToken row = put(TestRow.full("n"));
    store.delete(row.id());
    assertThat(find(row.hash())).isEmpty();
    assertThat(find(row.previous().orElseThrow().hash())).isEmpty();
  }

  @Test
  void returns_false_if_there_was_no_such_token() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken gone = put(TestRow.full("gone"));
    assertThat(store.delete(gone.id())).isTrue();
    assertThat(store.delete(gone.id())).isFalse();
    assertThat(store.delete(UNKNOWN)).isFalse();
    assertThat(store.delete(0)).isFalse();
    assertThat(store.delete(-row.id())).isFalse();
    assertHolds(row);
  }

  @Test // M5
  void the_name_and_hashes_of_a_deleted_token_can_be_inserted_again_with_a_new_id() {
    StoredToken row = put(TestRow.full("n"));
    store.delete(row.id());
    StoredToken again = put(TestRow.full("n"));
    assertThat(again.id()).isNotEqualTo(row.id());
    assertHolds(again);
  }

  @Test
  void of_many_callers_that_delete_the_same_token_exactly_one_succeeds()
      throws InterruptedException {
    StoredToken other = put(TestRow.full("other"));
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      List<Boolean> outcomes = Race.of(i -> store.delete(row.id()));
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      assertHolds(other);
    }
  }

  @Test // G4
  void wins_over_a_concurrent_enable_or_disable() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(
          List.of(changes.enable(), changes.disable()), List.of(changes.delete())));
      assertHolds();
      assertThat(store.findById(row.id())).isEmpty();
      assertThat(find(row.hash())).isEmpty();
    }
  }
}
