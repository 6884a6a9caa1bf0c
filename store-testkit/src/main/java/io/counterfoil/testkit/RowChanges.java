package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Concurrent changes to one row. */
final class RowChanges {
  private static final int REPETITIONS = 4;
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
   * Returns several callers for each repeated change, followed by one caller for each single change. Single changes are
   * those that the race must not undo: a repetition would hide that one was undone.
   */
  static List<Callable<Boolean>> mixed(
      List<Callable<Boolean>> repeated, List<Callable<Boolean>> single) {
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      callers.addAll(repeated);
    }
    callers.addAll(single);
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
