package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Concurrent changes to one row. */
final class RowChanges {
  private static final int REPETITIONS = 4;

  /** More than the changes of any race: each try fails only if another change came first. */
  private static final int TRIES = 1000;

  private static final Instant LATEST = TestRow.NOW.plusSeconds(100);
  private static final Optional<String> ADDRESS = Optional.of("198.51.100.9");

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

  /** Returns a change of the present row. If another change comes first, it is tried again, as a manager does. */
  Callable<Boolean> edit(UnaryOperator<StoredToken> change) {
    return () -> {
      for (int i = 0; i < TRIES; i++) {
        Optional<StoredToken> present = store.findById(row.id());
        if (present.isEmpty() || store.update(change.apply(present.get()))) {
          return present.isPresent();
        }
      }
      throw new AssertionError("update returned false " + TRIES + " times");
    };
  }

  /** Returns an update that succeeds only if no other change came first. */
  Callable<Boolean> update(StoredToken changed) {
    return () -> store.update(TestRow.withRevision(changed, row.revision()));
  }

  Callable<Boolean> enable() {
    return edit(present -> TestRow.of(present).enabled(true).build());
  }

  Callable<Boolean> disable() {
    return () -> store.disable(row.id());
  }

  Callable<Boolean> rotate() {
    return edit(present -> TestRow.rotated(present, replacement, TestRow.NOW));
  }

  Callable<Boolean> describe() {
    return edit(RowChanges::described);
  }

  Callable<Boolean> delete() {
    return () -> store.delete(row.id());
  }

  Callable<Boolean> deleteExpired() {
    return () -> store.deleteExpired(LATEST, 1) == 1;
  }

  Callable<Boolean> deleteItExpired() {
    return () -> store.deleteExpired(row.id(), LATEST);
  }

  Callable<Boolean> use() {
    return () -> {
      store.recordUses(Map.of(row.id(), new Use(LATEST, ADDRESS)), LATEST);
      return true;
    };
  }

  /** Returns the row after {@link #rotate}, but with its revision. */
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

  /** Returns the row with fewer rights. */
  StoredToken narrowed() {
    return TestRow.of(row).scopes(Set.of("read")).build();
  }

  /** Returns a row after {@link #describe}, but with its revision. */
  static StoredToken described(StoredToken before) {
    return TestRow.of(before).description("described").build();
  }

  /** Returns a row after {@link #use}. */
  static StoredToken used(StoredToken before) {
    return TestRow.of(before).lastUsedAt(LATEST).lastUsedFrom(ADDRESS).build();
  }
}
