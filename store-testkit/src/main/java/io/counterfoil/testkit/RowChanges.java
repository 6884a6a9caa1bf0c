package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The changes that meet in a race over one row. */
final class RowChanges {
  private static final int TIMES = 4;
  private static final Instant LATEST = TestRow.NOW.plusSeconds(100);

  private final TokenStore store;
  private final StoredToken row;
  private final TokenHash replacement;

  RowChanges(TokenStore store, StoredToken row) {
    this.store = store;
    this.row = row;
    this.replacement = TestRow.hash("replacement of " + row.id());
  }

  /**
   * Returns many callers of some changes, and then one caller of each of the others: made again later, or read by a change
   * that ends later, a change would cover up that it was undone.
   */
  static List<Callable<Boolean>> mixed(
      List<Callable<Boolean>> often, List<Callable<Boolean>> once) {
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      callers.addAll(often);
    }
    callers.addAll(once);
    return callers;
  }

  Callable<Boolean> enable() {
    return () -> store.setEnabled(row.id(), true);
  }

  Callable<Boolean> disable() {
    return () -> store.setEnabled(row.id(), false);
  }

  Callable<Boolean> rotate() {
    return () -> store.rotate(row.id(), row.hash(), replacement, TestRow.NOW);
  }

  Callable<Boolean> delete() {
    return () -> store.delete(row.id());
  }

  Callable<Boolean> deleteExpired() {
    return () -> store.deleteExpired(LATEST, 1) == 1;
  }

  Callable<Boolean> use() {
    return () -> {
      store.recordUses(Map.of(row.id(), LATEST));
      return true;
    };
  }

  /** Returns the row after {@link #rotate}. */
  StoredToken rotated() {
    return row.rotated(replacement, TestRow.NOW);
  }

  /** Returns a row after {@link #use}. */
  static StoredToken used(StoredToken before) {
    return before.used(LATEST);
  }
}
