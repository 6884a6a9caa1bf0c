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
  void the_address_of_the_later_use_wins_even_if_it_has_none() {
    StoredToken row = put(TestRow.named("n"));
    Use first = new Use(TestRow.NOW, Optional.of("192.0.2.1"));
    Use second = new Use(TestRow.NOW.plusMillis(1), Optional.of("2001:db8::1"));
    Use third = new Use(TestRow.NOW.plusMillis(2), Optional.empty());
    assertLast(row, first, first);
    assertLast(row, second, second);
    assertLast(row, first, second);
    assertLast(row, third, third);
    assertLast(row, second, third);
  }

  private void assertLast(StoredToken row, Use recorded, Use last) {
    store.recordUses(Map.of(row.id(), recorded), Instant.MAX);
    assertHolds(used(row, last));
  }

  @Test
  void a_use_at_the_same_time_keeps_the_known_address() {
    StoredToken row = put(TestRow.full("n"));
    Instant known = row.lastUsedAt().orElseThrow();
    for (Optional<String> from : List.of(Optional.of("203.0.113.5"), Optional.<String>empty())) {
      store.recordUses(Map.of(row.id(), new Use(known, from)), Instant.MAX);
      assertHolds(row);
    }
  }

  @Test
  void a_use_that_replaces_an_implausible_one_replaces_its_address() {
    Instant ahead = TestRow.NOW.plusSeconds(99);
    for (Optional<String> from : List.of(Optional.of("203.0.113.5"), Optional.<String>empty())) {
      StoredToken row = put(TestRow.full("from " + from).lastUsedAt(ahead));
      Use use = new Use(TestRow.NOW, from);
      store.recordUses(Map.of(row.id(), use), TestRow.NOW.plusSeconds(1));
      assertThat(store.findById(row.id())).contains(used(row, use));
    }
  }

  @Test
  void uses_with_and_without_an_address_can_be_in_one_batch() {
    Map<Long, Use> uses = new LinkedHashMap<>();
    List<StoredToken> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      StoredToken row = put(i % 3 == 0 ? TestRow.named("bare " + i) : TestRow.full("full " + i));
      Optional<String> from = i % 2 == 0 ? Optional.empty() : Optional.of("192.0.2." + i);
      Use use = new Use(TestRow.NOW.plusSeconds(2 + i), from);
      uses.put(row.id(), use);
      expected.add(used(row, use));
    }
    store.recordUses(uses, Instant.MAX);
    assertHolds(expected.toArray(StoredToken[]::new));
  }

  /** The text of an IPv6 address that contains an IPv4 address has 45 characters. */
  @Test
  void an_address_of_45_characters_is_recorded_completely() {
    StoredToken row = put(TestRow.named("n"));
    String longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
    assertThat(longest).hasSize(45);
    Use use = new Use(TestRow.NOW, Optional.of(longest));
    store.recordUses(Map.of(row.id(), use), Instant.MAX);
    assertHolds(used(row, use));
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
