package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** The part of the contract that covers one method of the store. Each test gets an empty store. */
abstract class MethodContract {
  /** An id that no token has. */
  static final long UNKNOWN = Long.MAX_VALUE - 1;

  private static final int ALL = 1000;

  TokenStore store;
  private final Supplier<TokenStore> emptyStore;

  MethodContract(Supplier<TokenStore> emptyStore) {
    this.emptyStore = emptyStore;
  }

  /**
   * Creates the store here and not in the constructor, so that lifecycle methods of the class that extends the contract
   * run first.
   */
  @BeforeEach
  void createStore() {
    store = emptyStore.get();
  }

  /** Inserts a token, checks that every lookup finds it, and returns its row. A cache in the store now holds that row. */
  final StoredToken put(TestRow unsaved) {
    find(unsaved.build().hash());
    StoredToken row = insert(unsaved);
    assertFound(row);
    return row;
  }

  /** Inserts a token without reading anything, and returns its row. */
  final StoredToken insert(TestRow unsaved) {
    StoredToken row = unsaved.build();
    return row.withId(store.insert(row));
  }

  /** Asserts that every method that reads returns exactly these rows. */
  final void assertHolds(StoredToken... rows) {
    assertThat(all()).isEqualTo(inOrderOfIds(List.of(rows)));
    for (StoredToken row : rows) {
      assertFound(row);
    }
  }

  /** Returns a new list of rows in the order in which a store lists them, which need not be the order of insertion. */
  static List<StoredToken> inOrderOfIds(List<StoredToken> rows) {
    List<StoredToken> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(StoredToken::id));
    return sorted;
  }

  private void assertFound(StoredToken row) {
    assertThat(store.findById(row.id())).contains(row);
    assertThat(find(row.hash())).contains(row);
    row.previous().ifPresent(old -> assertThat(find(old.hash())).contains(row));
    assertThat(store.findByName(row.owner(), row.name())).contains(row);
    TokenQuery ofOwner = TokenQuery.all().owner(row.owner());
    assertThat(store.list(ofOwner, row.id() - 1, 1)).containsExactly(row);
  }

  final Optional<StoredToken> find(TokenHash hash) {
    return store.findByHash(List.of(hash));
  }

  final List<StoredToken> all() {
    return list(TokenQuery.all());
  }

  final List<StoredToken> list(TokenQuery query) {
    return store.list(query, 0, ALL);
  }

  /** Asserts that a query selects exactly these rows: in one list, page by page and in a count. */
  final void assertSelects(TokenQuery query, StoredToken... rows) {
    List<StoredToken> expected = inOrderOfIds(List.of(rows));
    assertThat(list(query)).isEqualTo(expected);
    assertThat(store.count(query)).isEqualTo(rows.length);
    List<StoredToken> pages = new ArrayList<>();
    List<StoredToken> page = store.list(query, 0, 2);
    while (!page.isEmpty() && pages.size() < ALL) { // a store that repeats rows would never end
      pages.addAll(page);
      page = store.list(query, pages.get(pages.size() - 1).id(), 2);
    }
    assertThat(pages).as("pages").isEqualTo(expected);
  }

  /** Updates a row, which must succeed, and returns it as it is stored then. */
  final StoredToken update(StoredToken changed) {
    assertThat(store.update(changed)).as("update to %s", changed).isTrue();
    return TestRow.raised(changed);
  }

  /** Asserts that a token has the columns of a row. The race before has raised its revision a number of times. */
  final void assertChangedTo(StoredToken expected) {
    StoredToken row = store.findById(expected.id()).orElseThrow();
    assertThat(row).isEqualTo(TestRow.withRevision(expected, row.revision()));
    assertThat(row.revision()).isGreaterThan(expected.revision());
  }
}
