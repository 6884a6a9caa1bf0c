package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#insertOnce} and {@link TokenStore#isRecorded}. */
abstract class InsertOnceContract extends MethodContract {
  private static final String KEY = "create:first";

  InsertOnceContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test // M8
  void inserts_a_token_and_records_its_key() {
    assertThat(store.isRecorded(KEY)).isFalse();
    StoredToken row = TestRow.full("n").build();
    OptionalLong id = store.insertOnce(KEY, row);
    assertThat(store.isRecorded(KEY)).isTrue();
    assertHolds(row.withId(id.orElseThrow()));
    assertThat(id.getAsLong()).isPositive();
  }

  @Test
  void ids_of_both_kinds_of_inserts_are_different() {
    StoredToken one = insertOnce("one", TestRow.named("one"));
    StoredToken two = put(TestRow.named("two"));
    store.delete(two.id());
    StoredToken three = insertOnce("three", TestRow.named("three"));
    assertHolds(one, three);
    assertThat(List.of(one.id(), two.id(), three.id())).doesNotHaveDuplicates();
  }

  @Test
  void a_plain_insert_records_nothing() {
    put(TestRow.named(KEY));
    assertThat(store.isRecorded(KEY)).isFalse();
  }

  @Test // M8
  void a_recorded_key_inserts_nothing_whatever_the_token() {
    StoredToken first = insertOnce(KEY, TestRow.full("first"));
    StoredToken other = put(TestRow.named("other"));
    for (TestRow unsaved : List.of(
        TestRow.full("first"),
        TestRow.named("new"),
        TestRow.named("other"),
        TestRow.named("new").hash(other.hash()))) {
      assertThat(store.insertOnce(KEY, unsaved.build())).isEmpty();
    }
    assertHolds(first, other);
  }

  @Test // M8
  void a_key_stays_recorded_whatever_becomes_of_its_token() {
    insertOnce("deleted", TestRow.named("a"));
    insertOnce("deleted-with-owner", TestRow.named("b").owner("o"));
    insertOnce("deleted-after-expiry", TestRow.named("c").expiresAt(TestRow.NOW));
    StoredToken changed = insertOnce("changed", TestRow.named("d"));
    assertThat(store.deleteOwnedBy("o")).isEqualTo(1);
    assertThat(store.deleteExpired(Instant.MAX, 10)).isEqualTo(1);
    assertThat(store.delete(store.findByName("", "a").orElseThrow().id())).isTrue();
    StoredToken next = update(TestRow.rotated(changed, TestRow.hash("next"), TestRow.NOW));
    assertThat(store.disableAll()).isEqualTo(1);
    for (String key : List.of("deleted", "deleted-with-owner", "deleted-after-expiry", "changed")) {
      assertThat(store.isRecorded(key)).as(key).isTrue();
      assertThat(store.insertOnce(key, TestRow.named("again").build())).as(key).isEmpty();
    }
    assertHolds(TestRow.disabled(next));
  }

  @Test // M8
  void a_taken_name_or_hash_is_refused_and_the_key_is_not_recorded() {
    StoredToken there = put(TestRow.named("there"));
    TokenHash otherTag = TokenHash.of("x9", there.hash().bytes());
    assertThatThrownBy(() -> store.insertOnce(
            KEY, TestRow.named("there").hash(TestRow.hash("new")).build()))
        .isInstanceOf(DuplicateTokenNameException.class);
    for (TokenHash taken : List.of(there.hash(), otherTag)) {
      assertThatThrownBy(
              () -> store.insertOnce(KEY, TestRow.named("new").hash(taken).build()))
          .isInstanceOf(DuplicateTokenHashException.class);
    }
    assertThat(store.isRecorded(KEY)).isFalse();
    assertHolds(there, insertOnce(KEY, TestRow.named("new")));
  }

  @Test
  void keys_are_compared_exactly_and_completely() {
    String longest = "import:" + "0123456789abcdef".repeat(5) + "._:-azyxwvuts";
    assertThat(longest).hasSize(100);
    List<String> keys = List.of(
        "a",
        "ab",
        "a-b",
        "a.b",
        "a:b",
        "a_b",
        "a--b",
        "1",
        "01",
        "1.0",
        "null",
        longest,
        longest.substring(0, 99),
        longest.substring(0, 99) + 't');
    List<StoredToken> rows = new ArrayList<>();
    for (String key : keys) {
      assertThat(store.isRecorded(key)).as(key).isFalse();
      rows.add(insertOnce(key, TestRow.named(key.substring(0, 1) + rows.size())));
      assertThat(store.isRecorded(key)).as(key).isTrue();
    }
    assertHolds(rows.toArray(StoredToken[]::new));
  }

  @Test // G1, M8: as on several nodes that start at once
  void of_many_callers_with_the_same_key_exactly_one_inserts_and_the_others_get_nothing()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String key = "create:" + round;
      boolean isSameToken = round % 2 == 0;
      List<OptionalLong> ids = Race.of(i -> {
        StoredToken row = TestRow.named(isSameToken ? key : key + " by " + i).build();
        OptionalLong id = store.insertOnce(key, row);
        assertThat(store.isRecorded(key)).isTrue(); // also if another caller inserted it
        return id;
      });
      assertThat(ids.stream().filter(OptionalLong::isPresent)).hasSize(1);
      assertThat(all()).hasSize(round + 1);
    }
  }

  @Test // G1
  void of_many_callers_with_the_same_name_exactly_one_inserts_and_only_its_key_is_recorded()
      throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round " + round;
      String key = "key:" + round + '.';
      List<Boolean> inserted =
          Race.of(i -> isInserted(key + i, TestRow.named(name).hash(TestRow.hash(name + '.' + i))));
      assertThat(inserted.stream().filter(each -> each)).hasSize(1);
      for (int i = 0; i < inserted.size(); i++) {
        assertThat(store.isRecorded(key + i)).isEqualTo(inserted.get(i));
      }
    }
  }

  @Test // M8
  void a_caller_that_finds_the_key_recorded_finds_the_token() throws InterruptedException {
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round-" + round;
      Callable<Boolean> insert = () -> isInserted(name, TestRow.named(name));
      Callable<Boolean> look = () -> {
        while (!store.isRecorded(name)) {
          Thread.onSpinWait();
        }
        assertThat(store.findByName("", name)).isPresent();
        return true;
      };
      assertThat(Race.between(List.of(look, look, insert, look))).containsOnly(true);
    }
  }

  private boolean isInserted(String key, TestRow unsaved) {
    try {
      return store.insertOnce(key, unsaved.build()).isPresent();
    } catch (DuplicateTokenNameException e) {
      return false;
    }
  }

  private StoredToken insertOnce(String key, TestRow unsaved) {
    StoredToken row = unsaved.build();
    return row.withId(store.insertOnce(key, row).orElseThrow());
  }
}
