package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Pages of {@link TokenStore#list} with a query that has every condition. {@link QueryContract} tests the conditions. */
abstract class FilteredPagesContract extends MethodContract {
  private static final TokenQuery MINE = TokenQuery.all()
      .owner("mine")
      .nameContains("token")
      .enabled(true)
      .scope("read")
      .expiresAfter(TestRow.NOW.minusSeconds(1))
      .expiresBy(TestRow.NOW)
      .unusedSince(TestRow.NOW.plusSeconds(1000));

  FilteredPagesContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  @Test
  void returns_the_first_limit_tokens_whose_id_is_greater_than_after_id() {
    List<StoredToken> rows = alternating(5);
    assertThat(store.list(MINE, 0, 2)).isEqualTo(rows.subList(0, 2));
    assertThat(store.list(MINE, rows.get(1).id(), 2)).isEqualTo(rows.subList(2, 4));
    assertThat(store.list(MINE, rows.get(2).id() - 1, 2)).isEqualTo(rows.subList(2, 4));
    assertThat(store.list(MINE, rows.get(3).id(), 2)).isEqualTo(rows.subList(4, 5));
    assertThat(store.list(MINE, rows.get(4).id(), 2)).isEmpty();
    assertThat(store.list(MINE, 0, Integer.MAX_VALUE)).isEqualTo(rows);
  }

  @Test
  void accepts_every_limit_from_1_to_the_greatest_int() {
    long last = 0;
    List<StoredToken> rows = alternating(4);
    for (StoredToken row : rows) {
      assertThat(store.list(MINE, last, 1)).containsExactly(row);
      assertThat(store.list(MINE, last, Integer.MAX_VALUE))
          .isEqualTo(rows.subList(rows.indexOf(row), rows.size()));
      last = row.id();
    }
    assertThat(store.list(MINE, last, 1)).isEmpty();
    assertThat(store.list(MINE, last, Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void accepts_negative_and_greatest_values_of_after_id() {
    List<StoredToken> rows = alternating(3);
    for (long below : new long[] {-1, -2, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      assertThat(store.list(MINE, below, 2)).isEqualTo(rows.subList(0, 2));
      assertThat(store.list(MINE, below, Integer.MAX_VALUE)).isEqualTo(rows);
    }
    for (long above : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
      assertThat(store.list(MINE, above, 1)).isEmpty();
      assertThat(store.list(MINE, above, Integer.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void keeps_the_order_when_tokens_change_and_match_as_before() throws Exception {
    List<StoredToken> rows = alternating(5);
    rows.set(1, update(TestRow.of(rows.get(1)).name("renamed token").build()));
    rows.set(2, update(new RowChanges(store, rows.get(2)).rotated()));
    new RowChanges(store, rows.get(0)).use().call();
    rows.set(0, RowChanges.used(rows.get(0)));
    store.delete(rows.remove(3).id());
    assertThat(store.list(MINE, 0, 10)).isEqualTo(rows);
  }

  @Test
  void a_token_that_exists_from_first_to_last_page_is_on_exactly_one_despite_other_changes() {
    List<StoredToken> rows = alternating(6);
    List<StoredToken> seen = new ArrayList<>(store.list(MINE, 0, 2));
    store.delete(rows.get(0).id());
    StoredToken newcomer = put(matching("new token"));
    seen.addAll(store.list(MINE, seen.get(1).id(), 2));
    store.delete(seen.get(3).id());
    seen.addAll(store.list(MINE, seen.get(3).id(), 3));
    seen.remove(newcomer); // it may be on any of the later pages, or on none
    assertThat(seen).isEqualTo(rows);
  }

  @Test
  void a_token_that_starts_or_ends_to_match_between_pages_is_on_at_most_one() {
    List<StoredToken> rows = alternating(6);
    List<StoredToken> seen = new ArrayList<>(store.list(MINE, 0, 2));
    update(TestRow.of(rows.get(0)).name("no longer").build());
    update(TestRow.of(rows.get(3)).enabled(false).build());
    StoredToken other = store.findByName("mine", "other 4").orElseThrow();
    StoredToken joined =
        update(TestRow.of(other).enabled(true).name("token, too").build());
    seen.addAll(store.list(MINE, seen.get(1).id(), 2));
    seen.addAll(store.list(MINE, seen.get(3).id(), 5));
    assertThat(seen).doesNotHaveDuplicates().contains(rows.get(2), rows.get(4), rows.get(5));
    assertThat(seen).doesNotContain(rows.get(3));
    assertThat(list(MINE)).contains(joined).doesNotContain(rows.get(0), rows.get(3));
  }

  /** Inserts tokens alternately and returns those that match the query, in the order of their ids. */
  private List<StoredToken> alternating(int count) {
    List<StoredToken> mine = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mine.add(put(matching("token " + i)));
      put(matching("token " + i).owner("theirs"));
      put(matching("other " + i).enabled(false));
    }
    return inOrderOfIds(mine);
  }

  private static TestRow matching(String name) {
    return TestRow.named(name)
        .owner("mine")
        .scopes(Set.of("read", "write"))
        .expiresAt(TestRow.NOW)
        .trackedSince(TestRow.NOW);
  }
}
