package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#rotate}. */
abstract class RotateContract extends MethodContract {
  private static final TokenHash REPLACEMENT = TestRow.hash("replacement");

  RotateContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void sets_a_new_hash_keeps_the_expected_one_as_the_previous_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.named("rotated").lastUsedAt(TestRow.NOW).enabled(false));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.rotate(row.id(), row.hash(), REPLACEMENT, TestRow.NOW)).isTrue();
    assertHolds(before, row.rotated(REPLACEMENT, TestRow.NOW), after);
  }

  @Test
  void the_expected_hash_replaces_any_earlier_previous_hash() {
    StoredToken row = put(TestRow.full("n"));
    TokenHash oldest = row.previous().orElseThrow().hash();
    assertThat(store.rotate(row.id(), row.hash(), REPLACEMENT, TestRow.NOW)).isTrue();
    assertThat(find(oldest)).isEmpty();
    assertHolds(row.rotated(REPLACEMENT, TestRow.NOW));
  }

  @Test
  void the_first_hash_no_longer_finds_the_token_after_two_rotations() {
    StoredToken row = put(TestRow.named("n"));
    TokenHash second = TestRow.hash("second");
    assertThat(store.rotate(row.id(), row.hash(), second, TestRow.NOW)).isTrue();
    assertThat(find(row.hash())).isPresent();
    assertThat(store.rotate(row.id(), second, REPLACEMENT, TestRow.NOW)).isTrue();
    assertThat(find(row.hash())).isEmpty();
    assertHolds(row.rotated(second, TestRow.NOW).rotated(REPLACEMENT, TestRow.NOW));
  }

  @Test
  void tags_move_together_with_their_hashes() {
    TokenHash keyed = TokenHash.of("x9:2026", TestRow.sha256("keyed"));
    StoredToken row = put(TestRow.named("n"));
    assertThat(store.rotate(row.id(), row.hash(), keyed, TestRow.NOW)).isTrue();
    assertHolds(row.rotated(keyed, TestRow.NOW));
    assertThat(store.rotate(row.id(), keyed, REPLACEMENT, TestRow.NOW)).isTrue();
    assertHolds(row.rotated(keyed, TestRow.NOW).rotated(REPLACEMENT, TestRow.NOW));
  }

  @Test
  void stores_any_end_of_the_previous_hash_to_the_millisecond() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken expected = row;
    for (Instant until : List.of(
        Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999Z"), TestRow.NOW.plusNanos(999_999))) {
      TokenHash next = TestRow.hash("until " + until);
      assertThat(store.rotate(row.id(), expected.hash(), next, until)).isTrue();
      expected = expected.rotated(next, until);
      assertHolds(expected);
    }
  }

  @Test
  void returns_false_and_changes_nothing_if_there_is_no_such_token() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    assertThat(store.rotate(gone.id(), gone.hash(), REPLACEMENT, TestRow.NOW)).isFalse();
    assertThat(store.rotate(UNKNOWN, row.hash(), REPLACEMENT, TestRow.NOW)).isFalse();
    assertHolds(row);
    assertThat(find(REPLACEMENT)).isEmpty();
  }

  @Test
  void returns_false_and_changes_nothing_if_the_token_has_another_hash() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken other = put(TestRow.full("other"));
    List<TokenHash> wrong = List.of(
        TestRow.hash("never there"),
        other.hash(),
        row.previous().orElseThrow().hash(),
        TokenHash.of("x9", row.hash().bytes()));
    for (TokenHash expected : wrong) {
      assertThat(store.rotate(row.id(), expected, REPLACEMENT, TestRow.NOW)).isFalse();
    }
    assertHolds(row, other);
    assertThat(find(REPLACEMENT)).isEmpty();
  }

  @Test // G1
  void of_many_callers_that_expect_the_same_hash_exactly_one_succeeds()
      throws InterruptedException {
    StoredToken row = put(TestRow.full("n"));
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken before = row;
      String caller = "round " + round + ", caller ";
      List<Boolean> outcomes = Race.of(
          i -> store.rotate(before.id(), before.hash(), TestRow.hash(caller + i), TestRow.NOW));
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      int winner = outcomes.indexOf(true);
      row = before.rotated(TestRow.hash(caller + winner), TestRow.NOW);
      assertHolds(row);
      int loser = (winner + 1) % Race.CALLERS;
      assertThat(find(TestRow.hash(caller + loser))).isEmpty();
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
