package io.counterfoil.testkit;

import static io.counterfoil.testkit.TestRow.used;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#recordUses}. */
abstract class RecordUsesContract extends MethodContract {
  RecordUsesContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void records_when_tokens_were_last_used_and_changes_nothing_else() {
    StoredToken never = put(TestRow.named("never used before"));
    StoredToken other = put(TestRow.full("not used"));
    StoredToken again = put(TestRow.full("used before").enabled(false));
    Instant at = TestRow.NOW.plusSeconds(7);
    store.recordUses(Map.of(never.id(), at, again.id(), at.plusMillis(1)), Instant.MAX);
    assertHolds(used(never, at), other, used(again, at.plusMillis(1)));
  }

  @Test
  void the_later_time_wins() {
    StoredToken row = put(TestRow.full("n").lastUsedAt(TestRow.NOW));
    store.recordUses(Map.of(row.id(), TestRow.NOW.minusMillis(1)), Instant.MAX);
    assertHolds(row);
    store.recordUses(Map.of(row.id(), TestRow.NOW), Instant.MAX);
    assertHolds(row);
    store.recordUses(Map.of(row.id(), TestRow.NOW.plusMillis(1)), Instant.MAX);
    assertHolds(used(row, TestRow.NOW.plusMillis(1)));
    store.recordUses(Map.of(row.id(), Instant.EPOCH), Instant.MAX);
    assertHolds(used(row, TestRow.NOW.plusMillis(1)));
  }

  @Test
  void a_stored_time_after_the_latest_plausible_one_is_replaced() {
    Instant ahead = TestRow.NOW.plusSeconds(99);
    StoredToken row = put(TestRow.full("clock was ahead").lastUsedAt(ahead));
    StoredToken other = put(TestRow.full("not used").lastUsedAt(ahead));
    store.recordUses(Map.of(row.id(), TestRow.NOW), Instant.MAX);
    store.recordUses(Map.of(row.id(), TestRow.NOW), ahead.plusNanos(1));
    store.recordUses(Map.of(row.id(), TestRow.NOW), ahead);
    assertHolds(row, other);
    store.recordUses(Map.of(row.id(), TestRow.NOW), ahead.minusNanos(1));
    assertHolds(used(row, TestRow.NOW), other);
    store.recordUses(Map.of(row.id(), Instant.EPOCH), Instant.MIN);
    assertHolds(used(row, Instant.EPOCH), other);
  }

  @Test
  void times_are_truncated_to_milliseconds() {
    StoredToken row = put(TestRow.named("n"));
    store.recordUses(Map.of(row.id(), TestRow.NOW.plusNanos(999_999)), TestRow.NOW);
    assertHolds(used(row, TestRow.NOW));
  }

  @Test // G5
  void deleted_tokens_stay_deleted() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    Instant at = TestRow.NOW.plusSeconds(7);
    store.recordUses(Map.of(gone.id(), at, row.id(), at, UNKNOWN, at, 0L, at, -1L, at), at);
    assertHolds(used(row, at));
  }

  @Test
  void an_empty_batch_changes_nothing() {
    StoredToken row = put(TestRow.full("n"));
    store.recordUses(Map.of(), Instant.MIN);
    assertHolds(row);
  }

  @Test
  void accepts_a_batch_of_1000_uses() {
    StoredToken row = put(TestRow.full("n"));
    Map<Long, Instant> uses = new LinkedHashMap<>();
    for (long id = row.id() + 999; id >= row.id(); id--) {
      uses.put(id, TestRow.NOW.plusSeconds(7));
    }
    store.recordUses(uses, Instant.MAX);
    assertHolds(used(row, TestRow.NOW.plusSeconds(7)));
  }

  @Test
  void of_concurrent_batches_in_any_order_the_latest_time_wins() throws InterruptedException {
    List<StoredToken> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(put(TestRow.named("token " + i)));
    }
    for (int round = 1; round <= Race.ROUNDS; round++) {
      Instant latest = TestRow.NOW.plusSeconds(round);
      Race.of(i -> {
        List<StoredToken> order = new ArrayList<>(rows);
        Collections.rotate(order, i);
        Map<Long, Instant> uses = new LinkedHashMap<>();
        order.forEach(row -> uses.put(row.id(), latest.minusMillis(i)));
        store.recordUses(uses, latest);
        return true;
      });
      assertThat(all()).containsExactlyElementsOf(usedAt(latest, inOrderOfIds(rows)));
    }
  }

  private static List<StoredToken> usedAt(Instant at, List<StoredToken> rows) {
    return rows.stream().map(row -> used(row, at)).toList();
  }

  @Test // G5
  void does_not_undo_a_concurrent_enable_disable_or_rotation() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      boolean on = round % 2 == 0;
      StoredToken row = put(TestRow.full("round " + round).enabled(!on));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(
          List.of(changes.use(), changes.use()),
          List.of(on ? changes.enable() : changes.disable(), changes.rotate())));
      assertThat(store.findById(row.id()))
          .contains(RowChanges.used(changes.rotated().withEnabled(on)));
      assertThat(find(changes.rotated().hash())).isPresent();
    }
  }

  @Test // G5
  void does_not_restore_a_token_that_is_deleted_concurrently() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round));
      RowChanges changes = new RowChanges(store, row);
      Race.between(RowChanges.mixed(List.of(changes.use()), List.of(changes.delete())));
      assertHolds();
      assertThat(find(row.hash())).isEmpty();
    }
  }
}
