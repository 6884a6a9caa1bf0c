package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link TokenStore#listOwnedBy}. {@link TextsContract} tests it with similar owners. */
abstract class ListOwnedByContract extends MethodContract {
  ListOwnedByContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void lists_only_the_tokens_of_one_owner_in_ascending_order_of_id() {
    StoredToken first = put(TestRow.named("z").owner("a"));
    put(TestRow.named("y").owner("b"));
    put(TestRow.named("a"));
    StoredToken second = put(TestRow.named("x").owner("a"));
    assertThat(store.listOwnedBy("a", 0, 10)).isEqualTo(inOrderOfIds(List.of(first, second)));
  }

  @Test
  void the_empty_owner_is_an_owner_like_any_other() {
    put(TestRow.named("n").owner("a"));
    StoredToken row = put(TestRow.named("n"));
    assertThat(store.listOwnedBy("", 0, 10)).containsExactly(row);
  }

  @Test
  void an_owner_without_tokens_has_an_empty_list() {
    put(TestRow.named("n").owner("a"));
    assertThat(store.listOwnedBy("nobody", 0, 10)).isEmpty();
    assertThat(store.listOwnedBy("", 0, 10)).isEmpty();
  }

  @Test
  void returns_the_first_limit_tokens_whose_id_is_greater_than_after_id() {
    List<StoredToken> rows = alternating(5);
    assertThat(store.listOwnedBy("mine", 0, 2)).isEqualTo(rows.subList(0, 2));
    assertThat(store.listOwnedBy("mine", rows.get(1).id(), 2)).isEqualTo(rows.subList(2, 4));
    assertThat(store.listOwnedBy("mine", rows.get(2).id() - 1, 2)).isEqualTo(rows.subList(2, 4));
    assertThat(store.listOwnedBy("mine", rows.get(3).id(), 2)).isEqualTo(rows.subList(4, 5));
    assertThat(store.listOwnedBy("mine", rows.get(4).id(), 2)).isEmpty();
    assertThat(store.listOwnedBy("mine", 0, Integer.MAX_VALUE)).isEqualTo(rows);
  }

  @Test
  void accepts_every_limit_from_1_to_the_greatest_int() {
    long last = 0;
    List<StoredToken> rows = alternating(4);
    for (StoredToken row : rows) {
      assertThat(store.listOwnedBy("mine", last, 1)).containsExactly(row);
      assertThat(store.listOwnedBy("mine", last, Integer.MAX_VALUE))
          .isEqualTo(rows.subList(rows.indexOf(row), rows.size()));
      last = row.id();
    }
    assertThat(store.listOwnedBy("mine", last, 1)).isEmpty();
    assertThat(store.listOwnedBy("mine", last, Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void accepts_negative_and_greatest_values_of_after_id() {
    List<StoredToken> rows = alternating(3);
    for (long below : new long[] {-1, -2, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      assertThat(store.listOwnedBy("mine", below, 2)).isEqualTo(rows.subList(0, 2));
      assertThat(store.listOwnedBy("mine", below, Integer.MAX_VALUE)).isEqualTo(rows);
    }
    for (long above : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
      assertThat(store.listOwnedBy("mine", above, 1)).isEmpty();
      assertThat(store.listOwnedBy("mine", above, Integer.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void keeps_the_order_when_tokens_change() throws Exception {
    List<StoredToken> rows = alternating(5);
    store.setEnabled(rows.get(1).id(), false);
    rows.set(1, rows.get(1).withEnabled(false));
    RowChanges changes = new RowChanges(store, rows.get(2));
    changes.rotate().call();
    rows.set(2, changes.rotated());
    new RowChanges(store, rows.get(0)).use().call();
    rows.set(0, RowChanges.used(rows.get(0)));
    store.delete(rows.remove(3).id());
    assertThat(store.listOwnedBy("mine", 0, 10)).isEqualTo(rows);
  }

  @Test
  void a_token_that_exists_from_first_to_last_page_is_on_exactly_one_despite_other_changes() {
    List<StoredToken> rows = alternating(6);
    List<StoredToken> seen = new ArrayList<>(store.listOwnedBy("mine", 0, 2));
    store.delete(rows.get(0).id());
    StoredToken newcomer = put(TestRow.named("newcomer").owner("mine"));
    seen.addAll(store.listOwnedBy("mine", seen.get(1).id(), 2));
    store.delete(seen.get(3).id());
    seen.addAll(store.listOwnedBy("mine", seen.get(3).id(), 3));
    seen.remove(newcomer); // it may be on any of the later pages, or on none
    assertThat(seen).isEqualTo(rows);
  }

  @Test
  void lists_disabled_and_expired_tokens_too() {
    StoredToken row = put(TestRow.named("n").owner("a").enabled(false).expiresAt(Instant.EPOCH));
    assertThat(store.listOwnedBy("a", 0, 10)).containsExactly(row);
  }

  /** Inserts tokens of two owners alternately and returns those of the owner "mine" in the order of their ids. */
  private List<StoredToken> alternating(int count) {
    List<StoredToken> mine = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mine.add(put(TestRow.named("token " + i).owner("mine")));
      put(TestRow.named("token " + i).owner("other"));
    }
    return inOrderOfIds(mine);
  }
}
