package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#deleteExpired(Instant, int)}. */
abstract class DeleteExpiredContract extends MethodContract {
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_9999 = Instant.parse("9999-12-31T23:59:59.999Z");

  /** An odd number, and more rows than some stores delete in one statement. */
  private static final int EXPIRED = 241;

  DeleteExpiredContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void deletes_the_tokens_that_expire_before_an_instant_and_returns_their_number() {
    StoredToken longAgo = put(TestRow.named("long ago").expiresAt(Instant.EPOCH));
    StoredToken justBefore =
        put(TestRow.named("just before").expiresAt(TestRow.NOW.minusMillis(1)));
    StoredToken at = put(TestRow.named("at").expiresAt(TestRow.NOW));
    StoredToken after = put(TestRow.named("after").expiresAt(TestRow.NOW.plusMillis(1)));
    assertThat(store.deleteExpired(TestRow.NOW, 10)).isEqualTo(2);
    assertHolds(at, after);
    assertThat(store.findById(justBefore.id())).isEmpty();
    assertThat(find(longAgo.hash())).isEmpty();
    assertThat(store.deleteExpired(TestRow.NOW, 10)).isZero();
  }

  @Test
  void deletes_a_token_that_expires_one_nanosecond_before_the_instant() {
    put(TestRow.named("n").expiresAt(TestRow.NOW));
    assertThat(store.deleteExpired(TestRow.NOW, 10)).isZero();
    assertThat(store.deleteExpired(TestRow.NOW.plusNanos(1), 10)).isEqualTo(1);
  }

  @Test
  void deletes_at_most_limit_tokens() {
    StoredToken living = put(TestRow.named("living").expiresAt(TestRow.NOW));
    for (int i = 0; i < 5; i++) {
      put(TestRow.named("token " + i).expiresAt(Instant.EPOCH.plusMillis(i % 2)));
    }
    assertThat(store.deleteExpired(TestRow.NOW, 2)).isEqualTo(2);
    assertThat(all()).hasSize(4).contains(living);
    assertThat(store.deleteExpired(TestRow.NOW, 3)).isEqualTo(3);
    assertHolds(living);
  }

  @Test
  void repeated_calls_delete_all_expired_tokens_and_no_others() {
    List<StoredToken> rest = new ArrayList<>();
    for (int i = 0; i < EXPIRED; i++) {
      insert(TestRow.named("expired " + i).expiresAt(TestRow.NOW.minusMillis(1 + i % 7)));
      if (i % 50 == 0) {
        rest.add(put(TestRow.named("permanent " + i)));
        rest.add(put(TestRow.full("living " + i).expiresAt(TestRow.NOW.plusMillis(i))));
      }
    }
    List<Integer> answers = new ArrayList<>();
    do {
      answers.add(store.deleteExpired(TestRow.NOW, EXPIRED / 2));
    } while (answers.get(answers.size() - 1) > 0 && answers.size() < EXPIRED);
    assertThat(answers).containsExactly(EXPIRED / 2, EXPIRED / 2, EXPIRED % 2, 0);
    assertHolds(rest.toArray(StoredToken[]::new));
  }

  @Test
  void accepts_every_limit_from_1_to_the_greatest_int() {
    for (int i = 0; i < 4; i++) {
      put(TestRow.named("expired " + i).expiresAt(Instant.EPOCH));
    }
    StoredToken living = put(TestRow.named("living").expiresAt(TestRow.NOW));
    assertThat(store.deleteExpired(TestRow.NOW, 1)).isEqualTo(1);
    assertThat(all()).hasSize(4);
    assertThat(store.deleteExpired(TestRow.NOW, Integer.MAX_VALUE)).isEqualTo(3);
    assertHolds(living);
  }

  @Test
  void a_token_without_expiry_is_never_deleted() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken disabled = put(TestRow.named("disabled").enabled(false));
    StoredToken rotated =
        put(TestRow.named("rotated").previous(TestRow.hash("old"), Instant.EPOCH));
    assertThat(store.deleteExpired(YEAR_9999, Integer.MAX_VALUE)).isZero();
    assertHolds(row, disabled, rotated);
  }

  @Test
  void deletes_disabled_tokens_too() {
    put(TestRow.named("on").expiresAt(TestRow.NOW));
    put(TestRow.named("off").expiresAt(TestRow.NOW).enabled(false));
    assertThat(store.deleteExpired(YEAR_9999, 10)).isEqualTo(2);
    assertHolds();
  }

  @Test
  void accepts_instants_from_year_0_to_year_9999() {
    put(TestRow.named("first").expiresAt(YEAR_0));
    StoredToken early = put(TestRow.named("early").expiresAt(Instant.EPOCH.minusMillis(5)));
    StoredToken late = put(TestRow.named("late").expiresAt(YEAR_9999));
    assertThat(store.deleteExpired(YEAR_0, 10)).isZero();
    assertThat(store.deleteExpired(YEAR_0.plusNanos(1), 10)).isEqualTo(1);
    assertThat(store.deleteExpired(Instant.EPOCH.minusMillis(5), 10)).isZero();
    assertHolds(early, late);
    assertThat(store.deleteExpired(Instant.EPOCH.minusNanos(4_999_999), 10)).isEqualTo(1);
    assertHolds(late);
    assertThat(store.deleteExpired(YEAR_9999.plusMillis(1), 10)).isEqualTo(1);
    assertHolds();
  }

  @Test // G4, G5
  void wins_over_a_concurrent_enable_disable_or_use() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round).expiresAt(TestRow.NOW));
      RowChanges changes = new RowChanges(store, row);
      List<Boolean> outcomes = Race.between(RowChanges.mixed(
          List.of(changes.use(), changes.enable(), changes.disable()),
          List.of(changes.deleteExpired())));
      assertThat(outcomes).last().isEqualTo(true);
      assertHolds();
      assertThat(store.findById(row.id())).isEmpty();
      assertThat(find(row.hash())).isEmpty();
    }
  }

  @Test // G5
  void does_not_undo_a_concurrent_disable_or_use() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      for (int i = 0; i < 4; i++) {
        insert(TestRow.named("round " + round + ", " + i).expiresAt(TestRow.NOW));
      }
      StoredToken living = put(TestRow.full("living in round " + round));
      RowChanges changes = new RowChanges(store, living);
      Race.between(RowChanges.mixed(
          List.of(changes.deleteExpired()), List.of(changes.disable(), changes.use())));
      assertThat(store.findById(living.id())).contains(RowChanges.used(TestRow.disabled(living)));
    }
  }

  @Test
  void concurrent_callers_count_each_token_once() throws InterruptedException {
    StoredToken living = put(TestRow.named("living").expiresAt(YEAR_9999));
    for (int round = 0; round < Race.ROUNDS; round++) {
      for (int i = 0; i < 10; i++) {
        insert(
            TestRow.named("round " + round + ", " + i).expiresAt(TestRow.NOW.minusMillis(i % 5)));
      }
      List<Integer> counts = Race.of(i -> store.deleteExpired(TestRow.NOW.plusMillis(1), 2));
      int more = store.deleteExpired(TestRow.NOW.plusMillis(1), 100);
      assertThat(counts.stream().mapToInt(Integer::intValue).sum() + more).isEqualTo(10);
      assertHolds(living);
    }
  }
}
