package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#update}, called together with other changes. */
abstract class UpdateRaceContract extends MethodContract {
  UpdateRaceContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // G1
  void of_many_callers_that_update_the_same_revision_exactly_one_succeeds()
      throws InterruptedException {
    StoredToken row = put(TestRow.full("n"));
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken before = row;
      String caller = "round " + round + ", caller ";
      List<Boolean> outcomes = Race.of(
          i -> store.update(TestRow.rotated(before, TestRow.hash(caller + i), TestRow.NOW)));
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      int winner = outcomes.indexOf(true);
      row = TestRow.raised(TestRow.rotated(before, TestRow.hash(caller + winner), TestRow.NOW));
      assertHolds(row);
      int loser = (winner + 1) % Race.CALLERS;
      assertThat(find(TestRow.hash(caller + loser))).isEmpty();
    }
  }

  @Test // G1
  void of_different_updates_of_the_same_revision_exactly_one_succeeds()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      List<StoredToken> results = List.of(
          changes.rotated(),
          changes.rehashed(),
          changes.ended(),
          changes.leaked(),
          changes.narrowed(),
          RowChanges.described(row));
      List<Boolean> outcomes =
          Race.between(results.stream().map(changes::update).toList());
      assertThat(outcomes).containsOnlyOnce(true);
      assertThat(store.findById(row.id()))
          .contains(TestRow.raised(results.get(outcomes.indexOf(true))));
    }
  }

  @Test
  void updates_of_different_columns_that_are_tried_again_are_all_made()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      String name = "renamed in round " + round;
      Callable<Boolean> rename =
          changes.edit(present -> TestRow.of(present).name(name).build());
      Callable<Boolean> narrow =
          changes.edit(present -> TestRow.of(present).scopes(Set.of("read")).build());
      assertThat(Race.between(
              List.of(changes.describe(), narrow, changes.rotate(), rename, changes.use())))
          .containsOnly(true);
      StoredToken all = TestRow.of(RowChanges.described(changes.rotated()))
          .name(name)
          .scopes(Set.of("read"))
          .revision(row.revision() + 4)
          .build();
      assertThat(store.findById(row.id())).contains(RowChanges.used(all));
    }
  }

  @Test // G4
  void is_not_undone_by_concurrent_disables_and_does_not_undo_them() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> disableAll = () -> store.disableAll() >= 0;
      Callable<Boolean> disableOwnedBy = () -> store.disableOwnedBy(row.owner()) >= 0;
      Callable<Boolean> disable =
          List.of(disableAll, disableOwnedBy, changes.disable()).get(round % 3);
      Race.between(RowChanges.mixed(
          List.of(changes.describe(), changes.use()), List.of(disable, changes.rotate())));
      assertChangedTo(RowChanges.used(
          RowChanges.described(TestRow.of(changes.rotated()).enabled(false).build())));
    }
  }

  /** A use does not change the revision, so both always succeed. */
  @Test // G5
  void a_concurrent_use_neither_prevents_an_update_nor_is_undone_by_it()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      List<Boolean> outcomes = Race.between(RowChanges.mixed(
          List.of(changes.use(), changes.use()), List.of(changes.update(changes.rotated()))));
      assertThat(outcomes).containsOnly(true);
      assertHolds(RowChanges.used(TestRow.raised(changes.rotated())));
      store.delete(row.id());
    }
  }

  @Test // H4
  void of_many_tokens_that_get_the_same_name_exactly_one_gets_it() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round " + round;
      List<StoredToken> rows = Race.of(i -> insert(TestRow.named(name + ", token " + i)));
      List<Boolean> outcomes = Race.of(i -> renames(TestRow.of(rows.get(i)).name(name)));
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      StoredToken winner = rows.get(outcomes.indexOf(true));
      assertThat(store.findByName("", name))
          .contains(TestRow.raised(TestRow.of(winner).name(name).build()));
      assertThat(store.findByName("", winner.name())).isEmpty();
    }
  }

  @Test // H4
  void of_a_rename_and_an_insert_with_the_same_name_exactly_one_succeeds()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round " + round;
      StoredToken row = put(TestRow.named(name + " before"));
      Callable<Boolean> rename = () -> renames(TestRow.of(row).name(name));
      Callable<Boolean> insert = () -> inserts(TestRow.named(name));
      List<Boolean> outcomes = Race.between(List.of(insert, rename));
      assertThat(outcomes).containsOnlyOnce(true);
      assertThat(list(TokenQuery.all().nameContains(name))).hasSize(outcomes.get(0) ? 2 : 1);
    }
  }

  private boolean renames(TestRow changed) {
    try {
      return store.update(changed.build());
    } catch (DuplicateTokenNameException taken) {
      return false;
    }
  }

  private boolean inserts(TestRow unsaved) {
    try {
      return store.insert(unsaved.build()) > 0;
    } catch (DuplicateTokenNameException taken) {
      return false;
    }
  }

  @Test
  void a_token_is_found_at_every_moment_while_it_is_rotated_disabled_and_used()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.named("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> reader = () -> {
        boolean present = true;
        for (int i = 0; i < 20; i++) { // a replaced hash becomes the previous one
          present &= find(row.hash()).isPresent()
              && store.findById(row.id()).isPresent()
              && store.findByName("", row.name()).isPresent();
        }
        return present;
      };
      assertThat(Race.between(List.of(
              reader, reader, changes.rotate(), changes.disable(), changes.use(), reader, reader)))
          .containsOnly(true);
    }
  }

  @Test
  void a_token_is_found_by_old_or_new_hash_at_every_moment() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      List<TokenHash> candidates = List.of(row.hash(), changes.rehashed().hash());
      Callable<Boolean> reader = () -> {
        boolean found = true;
        for (int i = 0; i < 20; i++) {
          found &= store.findByHash(candidates).isPresent();
        }
        return found;
      };
      Callable<Boolean> rehash = changes.update(changes.rehashed());
      assertThat(Race.between(List.of(reader, reader, rehash, reader, reader))).containsOnly(true);
    }
  }

  @Test // G4
  void does_not_restore_a_token_that_is_deleted_concurrently() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(List.of(changes.rotate()), List.of(changes.delete())));
      assertHolds();
      assertThat(find(row.hash())).isEmpty();
      assertThat(find(changes.rotated().hash())).isEmpty();
    }
  }
}
