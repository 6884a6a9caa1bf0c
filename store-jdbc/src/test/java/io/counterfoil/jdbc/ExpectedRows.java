package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rows that a database may contain after the reports of {@link RowChangerMain}s. Not thread-safe. */
final class ExpectedRows {
  private final Map<String, Row> rows = new HashMap<>();
  private final Set<Long> ids = new HashSet<>();
  private final List<String> contradictions = new ArrayList<>();
  private final Set<String> startedKeys = new HashSet<>();
  private final Set<String> acknowledgedKeys = new HashSet<>();
  private long highestOldId;

  /** The two states that a row may have; they are equal if no change is in flight. */
  private record Row(Optional<StoredToken> before, Optional<StoredToken> after) {
    boolean isSettled() {
      return before.equals(after);
    }
  }

  /** Expects that all ids from now on are higher than all ids so far, because a new process assigns them. */
  void startNextProcess() {
    highestOldId = ids.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  void add(ChangeReport report) {
    switch (report.status()) {
      case STARTED -> start(report.change(), report.name());
      case ACKNOWLEDGED -> acknowledge(report.change(), report.id(), report.name());
      case FAILED -> {} // the change stays in flight permanently
    }
  }

  private void start(RowChange change, String name) {
    if (change == RowChange.INSERT_ONCE) {
      startedKeys.add(name);
    }
    Optional<StoredToken> before = Optional.ofNullable(rows.get(name)).flatMap(row -> row.after());
    rows.put(name, new Row(before, change.resultFor(before.orElse(Samples.token(name)))));
  }

  private void acknowledge(RowChange change, long id, String name) {
    Optional<StoredToken> now = rows.get(name).after().map(row -> row.withId(id));
    rows.put(name, new Row(now, now));
    if (change == RowChange.INSERT_ONCE) {
      acknowledgedKeys.add(name);
    }
    if (change.isInsert() && (id <= highestOldId || !ids.add(id))) {
      contradictions.add("the id " + id + " was assigned again, to " + name);
    }
  }

  /** Returns the number of changes that were started and have an unknown outcome. */
  long inFlight() {
    return rows.values().stream().filter(row -> !row.isSettled()).count();
  }

  /**
   * Returns the names of rows that contradict the recorded keys. A key, which is the name of its row, is recorded together with
   * the row: certainly if the insert was acknowledged, and otherwise if the row is there.
   */
  List<String> contradictoryKeys(List<StoredToken> found, Predicate<String> isRecorded) {
    Set<String> recorded = new HashSet<>(acknowledgedKeys);
    found.stream().map(StoredToken::name).filter(startedKeys::contains).forEach(recorded::add);
    return rows.keySet().stream()
        .filter(name -> isRecorded.test(name) != recorded.contains(name))
        .toList();
  }

  /** Returns every contradiction between the reports and the rows in the database. */
  List<String> contradictions(List<StoredToken> found) {
    List<String> all = new ArrayList<>(contradictions);
    Map<String, StoredToken> unchecked = new HashMap<>();
    found.forEach(row -> unchecked.put(row.name(), row));
    rows.forEach((name, row) -> {
      Optional<StoredToken> now = Optional.ofNullable(unchecked.remove(name));
      if (!isPossible(row, now)) {
        all.add(name + ": " + now + " (expected: " + row + ')');
      }
    });
    unchecked.values().forEach(row -> all.add("no process inserted " + row));
    return all;
  }

  private boolean isPossible(Row row, Optional<StoredToken> now) {
    return now.equals(row.before())
        || now.equals(row.after())
        || now.filter(inserted -> isUnacknowledgedInsert(row, inserted)).isPresent();
  }

  /** The process was killed before it could report the id of such a row; the id must be a new one. */
  private boolean isUnacknowledgedInsert(Row row, StoredToken inserted) {
    return row.after().equals(Optional.of(inserted.withId(StoredToken.UNSAVED)))
        && !ids.contains(inserted.id());
  }
}
