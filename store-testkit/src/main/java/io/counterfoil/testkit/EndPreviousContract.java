package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#endPrevious}. */
abstract class EndPreviousContract extends MethodContract {
  EndPreviousContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void brings_the_end_of_a_previous_hash_forward_and_changes_nothing_else() {
    StoredToken before = put(TestRow.full("before"));
    StoredToken row = put(TestRow.full("ended").enabled(false));
    StoredToken after = put(TestRow.full("after"));
    assertThat(store.endPrevious(row.id(), previous(row), TestRow.NOW)).isTrue();
    assertHolds(before, row.endingPrevious(TestRow.NOW), after);
  }

  @Test
  void the_earlier_end_wins() {
    StoredToken row = put(TestRow.full("n"));
    Instant end = row.previous().orElseThrow().until();
    assertThat(store.endPrevious(row.id(), previous(row), end)).isFalse();
    assertThat(store.endPrevious(row.id(), previous(row), end.plusMillis(1))).isFalse();
    assertHolds(row);
    assertThat(store.endPrevious(row.id(), previous(row), end.minusNanos(1))).isTrue();
    assertHolds(row.endingPrevious(end.minusMillis(1)));
  }

  @Test
  void returns_false_if_there_is_no_such_token_or_it_has_another_previous_hash_or_none() {
    StoredToken row = put(TestRow.full("n"));
    StoredToken never = put(TestRow.named("never rotated"));
    StoredToken other = put(TestRow.full("other"));
    assertThat(store.endPrevious(UNKNOWN, previous(row), TestRow.NOW)).isFalse();
    assertThat(store.endPrevious(row.id(), row.hash(), TestRow.NOW)).isFalse();
    assertThat(store.endPrevious(row.id(), previous(other), TestRow.NOW)).isFalse();
    assertThat(store.endPrevious(row.id(), TokenHash.of("x9", previous(row).bytes()), TestRow.NOW))
        .isFalse();
    assertThat(store.endPrevious(never.id(), previous(row), TestRow.NOW)).isFalse();
    assertHolds(row, never, other);
  }

  @Test // G1
  void does_not_end_a_hash_that_becomes_the_previous_one_concurrently()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Callable<Boolean> end = () -> store.endPrevious(row.id(), previous(row), Instant.EPOCH);
      Race.between(RowChanges.mixed(List.of(end), List.of(changes.rotate(), changes.disable())));
      assertThat(store.findById(row.id())).contains(changes.rotated().withEnabled(false));
    }
  }

  private static TokenHash previous(StoredToken row) {
    return row.previous().orElseThrow().hash();
  }
}
