package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#replaceHashes}, called together with other changes of the same token. */
abstract class ReplaceHashesRaceContract extends MethodContract {
  ReplaceHashesRaceContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // G1
  void of_many_callers_that_expect_the_same_hashes_exactly_one_succeeds()
      throws InterruptedException {
    StoredToken row = put(TestRow.full("n"));
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken before = row;
      String caller = "round " + round + ", caller ";
      List<Boolean> outcomes = Race.of(i -> {
        StoredToken next = TestRow.rotated(before, TestRow.hash(caller + i), TestRow.NOW);
        return store.replaceHashes(before, next.hash(), next.previous());
      });
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      int winner = outcomes.indexOf(true);
      row = TestRow.rotated(before, TestRow.hash(caller + winner), TestRow.NOW);
      assertHolds(row);
      int loser = (winner + 1) % Race.CALLERS;
      assertThat(find(TestRow.hash(caller + loser))).isEmpty();
    }
  }

  @Test // G1
  void of_a_rotation_a_rehash_the_end_of_an_overlap_and_a_leak_exactly_one_succeeds()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      List<StoredToken> results =
          List.of(changes.rotated(), changes.rehashed(), changes.ended(), changes.leaked());
      List<Boolean> outcomes =
          Race.between(results.stream().map(changes::replaceHashes).toList());
      assertThat(outcomes).containsOnlyOnce(true);
      assertThat(store.findById(row.id())).contains(results.get(outcomes.indexOf(true)));
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
          present &= find(row.hash()).isPresent() && store.findById(row.id()).isPresent();
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
      Callable<Boolean> rehash = changes.replaceHashes(changes.rehashed());
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
