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
    return replaceHashes(rotated());
  }

  /** Returns a change that gives the row the hashes of another one. */
  Callable<Boolean> replaceHashes(StoredToken next) {
    return () -> store.replaceHashes(row, next.hash(), next.previous());
  }

  Callable<Boolean> delete() {
    return () -> store.delete(row.id());
  }

  Callable<Boolean> deleteExpired() {
    return () -> store.deleteExpired(LATEST, 1) == 1;
  }

  Callable<Boolean> use() {
    return () -> {
      store.recordUses(Map.of(row.id(), LATEST), LATEST);
      return true;
    };
  }

  /** Returns the row after {@link #rotate}. */
  StoredToken rotated() {
    return TestRow.rotated(row, replacement, TestRow.NOW);
  }

  /** Returns the row with another hash of the same plaintext. */
  StoredToken rehashed() {
    return row.withHashes(TestRow.hash("rehash of " + row.id()), row.previous());
  }

  /** Returns the row after the end of its overlap. */
  StoredToken ended() {
    return row.withHashes(
        row.hash(), row.previous().map(old -> new StoredToken.Previous(old.hash(), Instant.EPOCH)));
  }

  /** Returns the row with another tag, as after a leak. */
  StoredToken leaked() {
    return row.withHashes(TokenHash.of("leaked", row.hash().bytes()), row.previous());
  }

  /** Returns a row after {@link #use}. */
  static StoredToken used(StoredToken before) {
    return TestRow.used(before, LATEST);
  }
}
