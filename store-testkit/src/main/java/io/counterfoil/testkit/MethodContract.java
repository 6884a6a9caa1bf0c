package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** The part of the contract that speaks of one method. Each test gets an empty store. */
abstract class MethodContract {
  /** An id that no store has come to. */
  static final long UNKNOWN = Long.MAX_VALUE - 1;

  private static final int EVERYTHING = 1000;

  TokenStore store;
  private final Supplier<TokenStore> emptyStore;

  MethodContract(Supplier<TokenStore> emptyStore) {
    this.emptyStore = emptyStore;
  }

  /** Not in the constructor: the life cycle methods of the class that extends the contract run before this one. */
  @BeforeEach
  void takeAnEmptyStore() {
    store = emptyStore.get();
  }

  /** Puts a token into the store and returns the row that must be there now. A cache in the store is warm afterwards. */
  final StoredToken put(TestRow unsaved) {
    find(unsaved.build().hash());
    StoredToken row = insert(unsaved);
    assertFound(row);
    return row;
  }

  /** Puts a token into the store, and does nothing else. */
  final StoredToken insert(TestRow unsaved) {
    StoredToken row = unsaved.build();
    return row.withId(store.insert(row));
  }

  /** Compares the whole content of the store, column by column, by every way to read it. */
  final void assertHolds(StoredToken... rows) {
    assertThat(store.list(0, EVERYTHING)).containsExactly(rows);
    for (StoredToken row : rows) {
      assertFound(row);
    }
  }

  private void assertFound(StoredToken row) {
    assertThat(store.findById(row.id())).contains(row);
    assertThat(find(row.hash())).contains(row);
    row.previous().ifPresent(old -> assertThat(find(old.hash())).contains(row));
    assertThat(store.findByName(row.owner(), row.name())).contains(row);
    assertThat(store.listOwnedBy(row.owner(), row.id() - 1, 1)).containsExactly(row);
  }

  final Optional<StoredToken> find(TokenHash hash) {
    return store.findByHash(List.of(hash));
  }

  final List<StoredToken> all() {
    return store.list(0, EVERYTHING);
  }
}
