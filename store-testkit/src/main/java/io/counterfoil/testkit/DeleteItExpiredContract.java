package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#deleteExpired(long, Instant)}. */
abstract class DeleteItExpiredContract extends MethodContract {
  private static final Instant NOW = TestRow.NOW;

  DeleteItExpiredContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void deletes_a_token_that_expires_before_an_instant_and_no_other() {
    StoredToken row = put(TestRow.full("n").expiresAt(NOW.minusMillis(1)));
    StoredToken expired = put(TestRow.full("expired too").expiresAt(Instant.EPOCH));
    StoredToken living = put(TestRow.full("living"));
    assertThat(store.deleteExpired(row.id(), NOW)).isTrue();
    assertHolds(expired, living);
    assertThat(find(row.hash())).isEmpty();
    assertThat(find(row.previous().orElseThrow().hash())).isEmpty();
    assertThat(store.findByName(row.owner(), row.name())).isEmpty();
  }

  @Test
  void compares_the_instant_to_the_nanosecond() {
    StoredToken row = put(TestRow.named("n").expiresAt(NOW));
    for (Instant before : List.of(Instant.MIN, NOW.minusMillis(1), NOW)) {
      assertThat(store.deleteExpired(row.id(), before)).isFalse();
    }
    assertHolds(row);
    assertThat(store.deleteExpired(row.id(), NOW.plusNanos(1))).isTrue();
    assertHolds();
  }

  @Test
  void a_token_without_expiry_is_never_deleted() {
    StoredToken row = put(TestRow.named("n"));
    StoredToken rotated =
        put(TestRow.full("rotated").expiresAt(Optional.empty()).enabled(false));
    for (StoredToken each : List.of(row, rotated)) {
      assertThat(store.deleteExpired(each.id(), Instant.MAX)).isFalse();
    }
    assertHolds(row, rotated);
  }

  @Test
  void deletes_a_disabled_token_too() {
    StoredToken row = put(TestRow.named("n").expiresAt(NOW).enabled(false));
    assertThat(store.deleteExpired(row.id(), Instant.MAX)).isTrue();
    assertHolds();
  }

  @Test
  void returns_false_if_there_is_no_such_token() {
    StoredToken row = put(TestRow.named("n").expiresAt(NOW));
    StoredToken gone = put(TestRow.named("gone").expiresAt(NOW));
    assertThat(store.deleteExpired(gone.id(), Instant.MAX)).isTrue();
    for (long id : new long[] {gone.id(), UNKNOWN, 0, -row.id()}) {
      assertThat(store.deleteExpired(id, Instant.MAX)).as("id %s", id).isFalse();
    }
    assertHolds(row);
  }

  @Test
  void of_many_callers_that_delete_the_same_token_exactly_one_succeeds()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round).expiresAt(NOW));
      List<Boolean> outcomes = Race.of(i -> switch (i % 3) {
        case 0 -> store.delete(row.id());
        case 1 -> store.deleteExpired(row.id(), NOW.plusMillis(1));
        default -> store.deleteExpired(NOW.plusMillis(1), 1) == 1;
      });
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      assertHolds();
    }
  }

  /** A token that is renewed at the same time is either deleted or renewed, but never deleted after its renewal. */
  @Test
  void of_a_deletion_and_a_renewal_exactly_one_succeeds() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round).expiresAt(NOW));
      StoredToken renewed = TestRow.of(row).expiresAt(NOW.plusSeconds(60)).build();
      Callable<Boolean> renewal = new RowChanges(store, row).update(renewed);
      Callable<Boolean> deletion = () -> store.deleteExpired(row.id(), NOW.plusMillis(1));
      List<Boolean> outcomes = Race.between(List.of(deletion, renewal, deletion));
      assertThat(outcomes).containsOnlyOnce(true);
      assertThat(store.findById(row.id()))
          .isEqualTo(outcomes.get(1) ? Optional.of(TestRow.raised(renewed)) : Optional.empty());
    }
  }

  @Test // G4, G5
  void wins_over_a_concurrent_enable_disable_or_use() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      StoredToken row = put(TestRow.full("round " + round).expiresAt(NOW));
      RowChanges changes = new RowChanges(store, row);
      List<Boolean> outcomes = Race.between(RowChanges.mixed(
          List.of(changes.use(), changes.enable(), changes.disable()),
          List.of(changes.deleteItExpired())));
      assertThat(outcomes).last().isEqualTo(true);
      assertHolds();
      assertThat(find(row.hash())).isEmpty();
    }
  }
}
