package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#deleteOwnedBy}. */
abstract class DeleteOwnedByContract extends MethodContract {
  DeleteOwnedByContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void deletes_the_tokens_of_one_owner_permanently_and_changes_nothing_else() {
    StoredToken one = put(TestRow.full("one").owner("mine"));
    StoredToken other = put(TestRow.full("other"));
    StoredToken two = put(TestRow.full("two").owner("mine").enabled(false));
    StoredToken nobodys = put(TestRow.named("one"));
    store.deleteOwnedBy("mine");
    assertHolds(other, nobodys);
    for (StoredToken gone : List.of(one, two)) {
      assertThat(store.findById(gone.id())).isEmpty();
      assertThat(store.findByName("mine", gone.name())).isEmpty();
      assertThat(find(gone.hash())).isEmpty();
      assertThat(find(gone.previous().orElseThrow().hash())).isEmpty();
    }
  }

  @Test
  void returns_the_number_of_deleted_tokens() {
    put(TestRow.named("one").owner("mine"));
    put(TestRow.named("two").owner("mine").enabled(false));
    put(TestRow.named("one"));
    assertThat(store.deleteOwnedBy("nobody")).isZero();
    assertThat(store.deleteOwnedBy("mine")).isEqualTo(2);
    assertThat(store.deleteOwnedBy("mine")).isZero();
    assertThat(store.deleteOwnedBy("")).isEqualTo(1);
  }

  @Test // M5
  void a_deleted_token_can_be_inserted_again_with_a_new_id() {
    StoredToken row = put(TestRow.full("n").owner("mine"));
    store.deleteOwnedBy("mine");
    StoredToken again = put(TestRow.full("n").owner("mine"));
    assertThat(again.id()).isNotEqualTo(row.id());
  }

  @Test // F6
  void does_not_confuse_similar_owners() {
    for (String owner : ConfusableTexts.ALL) {
      insert(TestRow.named("n").owner(owner));
    }
    for (String owner : ConfusableTexts.ALL) {
      assertThat(store.deleteOwnedBy(owner)).as(owner).isEqualTo(1);
    }
  }

  @Test // G4
  void wins_over_concurrent_changes() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> delete = () -> store.deleteOwnedBy(row.owner()) > 0;
      Race.between(RowChanges.mixed(
          List.of(changes.enable(), changes.use()), List.of(changes.rotate(), delete)));
      assertHolds();
      assertThat(find(row.hash())).isEmpty();
    }
  }
}
