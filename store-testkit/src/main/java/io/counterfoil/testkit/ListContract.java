package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#list} with the query that every token matches. */
abstract class ListContract extends MethodContract {
  private static final TokenQuery ALL = TokenQuery.all();

  ListContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_empty_store_has_an_empty_list() {
    assertThat(store.list(ALL, 0, 1)).isEmpty();
  }

  @Test
  void lists_tokens_of_every_owner_in_ascending_order_of_id() {
    List<StoredToken> rows = List.of(
        put(TestRow.named("z").owner("b")),
        put(TestRow.named("y").owner("a")),
        put(TestRow.named("x")));
    assertThat(store.list(ALL, 0, 10)).isEqualTo(inOrderOfIds(rows));
  }

  @Test
  void keeps_the_order_when_tokens_change() {
    List<StoredToken> rows = putMany(5);
    store.disable(rows.get(1).id());
    rows.set(1, TestRow.disabled(rows.get(1)));
    rows.set(3, update(TestRow.rotated(rows.get(3), TestRow.hash("new"), TestRow.NOW)));
    rows.set(0, update(TestRow.of(rows.get(0)).name("zzz").build()));
    assertThat(store.list(ALL, 0, 10)).isEqualTo(rows);
  }

  @Test
  void returns_the_first_limit_tokens_whose_id_is_greater_than_after_id() {
    List<StoredToken> rows = putMany(5);
    assertThat(store.list(ALL, 0, 1)).isEqualTo(rows.subList(0, 1));
    assertThat(store.list(ALL, 0, 5)).isEqualTo(rows);
    assertThat(store.list(ALL, 0, Integer.MAX_VALUE)).isEqualTo(rows);
    assertThat(store.list(ALL, rows.get(0).id(), 3)).isEqualTo(rows.subList(1, 4));
    assertThat(store.list(ALL, rows.get(1).id() - 1, 2)).isEqualTo(rows.subList(1, 3));
    assertThat(store.list(ALL, rows.get(3).id(), 3)).isEqualTo(rows.subList(4, 5));
    assertThat(store.list(ALL, rows.get(4).id(), 3)).isEmpty();
    assertThat(store.list(ALL, Long.MAX_VALUE, 3)).isEmpty();
  }

  @Test
  void accepts_every_limit_from_1_to_the_greatest_int() {
    List<StoredToken> rows = putMany(4);
    List<StoredToken> seen = new ArrayList<>();
    for (StoredToken row : rows) {
      long before = seen.isEmpty() ? 0 : last(seen);
      assertThat(store.list(ALL, before, 1)).containsExactly(row);
      assertThat(store.list(ALL, before, Integer.MAX_VALUE))
          .isEqualTo(rows.subList(seen.size(), rows.size()));
      seen.add(row);
    }
    assertThat(store.list(ALL, last(seen), 1)).isEmpty();
    assertThat(store.list(ALL, last(seen), Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void accepts_negative_and_greatest_values_of_after_id() {
    List<StoredToken> rows = putMany(3);
    for (long below : new long[] {-1, -2, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      assertThat(store.list(ALL, below, 2)).as("after %s", below).isEqualTo(rows.subList(0, 2));
      assertThat(store.list(ALL, below, Integer.MAX_VALUE))
          .as("after %s", below)
          .isEqualTo(rows);
    }
    for (long above : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
      assertThat(store.list(ALL, above, 1)).as("after %s", above).isEmpty();
      assertThat(store.list(ALL, above, Integer.MAX_VALUE))
          .as("after %s", above)
          .isEmpty();
    }
  }

  @Test
  void continues_after_the_id_of_a_deleted_token() {
    List<StoredToken> rows = putMany(5);
    store.delete(rows.get(2).id());
    assertThat(store.list(ALL, rows.get(2).id(), 10)).isEqualTo(rows.subList(3, 5));
    assertThat(store.list(ALL, rows.get(1).id(), 1)).isEqualTo(rows.subList(3, 4));
  }

  @Test
  void a_token_that_exists_from_first_to_last_page_is_on_exactly_one_despite_other_changes() {
    List<StoredToken> staying = putMany(20);
    Deque<StoredToken> leaving = new ArrayDeque<>();
    IntStream.of(18, 15, 12, 9, 6, 3, 0).forEach(i -> leaving.addFirst(staying.remove(i)));
    List<StoredToken> seen = new ArrayList<>();
    List<StoredToken> page = store.list(ALL, 0, 3);
    while (!page.isEmpty() && seen.size() < 100) { // a store that repeats rows would never end
      seen.addAll(page);
      if (!leaving.isEmpty()) {
        store.delete(leaving.removeFirst().id()); // already read
        put(TestRow.named("newcomer " + leaving.size()));
      }
      if (!leaving.isEmpty()) {
        store.delete(leaving.removeLast().id()); // not yet read
      }
      page = store.list(ALL, last(seen), 3);
    }
    assertThat(seen).containsAll(staying).extracting(StoredToken::id).doesNotHaveDuplicates();
  }

  @Test
  void lists_disabled_and_expired_tokens_too() {
    StoredToken disabled = put(TestRow.full("disabled").enabled(false));
    StoredToken expired = put(TestRow.named("expired").expiresAt(Instant.EPOCH));
    assertThat(store.list(ALL, 0, 10)).isEqualTo(inOrderOfIds(List.of(disabled, expired)));
  }

  /** Inserts tokens and returns them in the order of their ids. */
  private List<StoredToken> putMany(int count) {
    List<StoredToken> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(put(TestRow.full("token " + i)));
    }
    return inOrderOfIds(rows);
  }

  private static long last(List<StoredToken> seen) {
    return seen.get(seen.size() - 1).id();
  }
}
