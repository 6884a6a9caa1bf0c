package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Use first = new Use(at, Optional.of("2001:db8::7"));
    Use second = new Use(at.plusMillis(1), Optional.of("198.51.100.1"));
    store.recordUses(Map.of(never.id(), first, again.id(), second), Instant.MAX);
    assertHolds(used(never, first), other, used(again, second));
  }

  @Test
  void the_later_time_wins() {
    StoredToken row = put(TestRow.full("n").lastUsedAt(TestRow.NOW));
    record(row, TestRow.NOW.minusMillis(1), Instant.MAX);
    assertHolds(row);
    record(row, TestRow.NOW, Instant.MAX);
    assertHolds(row);
    record(row, TestRow.NOW.plusMillis(1), Instant.MAX);
    assertHolds(TestRow.used(row, TestRow.NOW.plusMillis(1)));
    record(row, Instant.EPOCH, Instant.MAX);
    assertHolds(TestRow.used(row, TestRow.NOW.plusMillis(1)));
  }

  @Test
  void a_stored_time_after_the_latest_plausible_one_is_replaced() {
    Instant ahead = TestRow.NOW.plusSeconds(99);
    StoredToken row = put(TestRow.full("clock was ahead").lastUsedAt(ahead));
    StoredToken other = put(TestRow.full("not used").lastUsedAt(ahead));
    record(row, TestRow.NOW, Instant.MAX);
    record(row, TestRow.NOW, ahead.plusNanos(1));
    record(row, TestRow.NOW, ahead);
    assertHolds(row, other);
    record(row, TestRow.NOW, ahead.minusNanos(1));
    assertHolds(TestRow.used(row, TestRow.NOW), other);
    record(row, Instant.EPOCH, Instant.MIN);
    assertHolds(TestRow.used(row, Instant.EPOCH), other);
  }

  @Test
  void times_are_truncated_to_milliseconds() {
    StoredToken row = put(TestRow.named("n"));
    record(row, TestRow.NOW.plusNanos(999_999), TestRow.NOW);
    assertHolds(TestRow.used(row, TestRow.NOW));
  }

  @Test // G5
  void deleted_tokens_stay_deleted() {
    StoredToken gone = put(TestRow.full("gone"));
    StoredToken row = put(TestRow.full("n"));
    store.delete(gone.id());
    Use use = new Use(TestRow.NOW.plusSeconds(7), Optional.of("198.51.100.1"));
    store.recordUses(
        Map.of(gone.id(), use, row.id(), use, UNKNOWN, use, 0L, use, -1L, use), use.at());
    assertHolds(used(row, use));
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
    Use use = new Use(TestRow.NOW.plusSeconds(7), Optional.of("198.51.100.1"));
    Map<Long, Use> uses = new LinkedHashMap<>();
    for (long id = row.id() + 999; id >= row.id(); id--) {
      uses.put(id, use);
    }
    store.recordUses(uses, Instant.MAX);
    assertHolds(used(row, use));
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
        Use use = new Use(latest.minusMillis(i), Optional.of("caller " + i));
        Map<Long, Use> uses = new LinkedHashMap<>();
        order.forEach(row -> uses.put(row.id(), use));
        store.recordUses(uses, latest);
        return true;
      });
      Use last = new Use(latest, Optional.of("caller 0"));
      assertThat(all())
          .containsExactlyElementsOf(
              inOrderOfIds(rows).stream().map(row -> used(row, last)).toList());
    }
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
      assertChangedTo(RowChanges.used(TestRow.of(changes.rotated()).enabled(on).build()));
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

  /** Records a use from an address that is not known. */
  private void record(StoredToken row, Instant at, Instant latestPlausible) {
    store.recordUses(Map.of(row.id(), new Use(at, Optional.empty())), latestPlausible);
  }

  private static StoredToken used(StoredToken row, Use use) {
    return TestRow.of(row).lastUsedAt(use.at()).lastUsedFrom(use.from()).build();
  }
}
