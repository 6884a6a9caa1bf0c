package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link Changer}s said, and so what may be in their database. For one thread at a time. */
final class Journal {
  private final Map<String, Row> rows = new HashMap<>();
  private final Set<Long> ids = new HashSet<>();
  private final List<String> contradictions = new ArrayList<>();
  private long idsBefore;

  /** What a row may be: the same, where nothing is in flight. */
  private record Row(Optional<StoredToken> before, Optional<StoredToken> after) {
    boolean isSettled() {
      return before.equals(after);
    }
  }

  /** Begins with a new process: from now on ids are greater than all that were given before. */
  void nextProcess() {
    idsBefore = ids.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Takes down what was said. */
  void take(Report report) {
    switch (report.word()) {
      case INTENDED -> intended(report.change(), report.name());
      case ACKNOWLEDGED -> acknowledged(report.change(), report.id(), report.name());
      case FAILED -> {} // as if it were in flight for ever
    }
  }

  private void intended(Change change, String name) {
    Optional<StoredToken> before = Optional.ofNullable(rows.get(name)).flatMap(row -> row.after());
    rows.put(name, new Row(before, change.of(before.orElse(Samples.token(name)))));
  }

  private void acknowledged(Change change, long id, String name) {
    Optional<StoredToken> now = rows.get(name).after().map(row -> row.withId(id));
    rows.put(name, new Row(now, now));
    if (change == Change.INSERT && (id <= idsBefore || !ids.add(id))) {
      contradictions.add("the id " + id + " was given again, to " + name);
    }
  }

  /** Returns how many changes were begun, and nobody knows whether they were made. */
  long inFlight() {
    return rows.values().stream().filter(row -> !row.isSettled()).count();
  }

  /** Returns all that cannot be if these are the rows now. */
  List<String> contradictions(List<StoredToken> found) {
    List<String> all = new ArrayList<>(contradictions);
    Map<String, StoredToken> there = new HashMap<>();
    found.forEach(row -> there.put(row.name(), row));
    rows.forEach((name, row) -> {
      Optional<StoredToken> now = Optional.ofNullable(there.remove(name));
      if (!isPossible(row, now)) {
        all.add(name + ": " + now + " (expected: " + row + ')');
      }
    });
    there.values().forEach(row -> all.add("nobody made " + row));
    return all;
  }

  private boolean isPossible(Row row, Optional<StoredToken> now) {
    return now.equals(row.before())
        || now.equals(row.after())
        || now.filter(inserted -> isUnacknowledged(row, inserted)).isPresent();
  }

  /** Nobody has heard the id of a row that is there all the same; it must be a new one. */
  private boolean isUnacknowledged(Row row, StoredToken inserted) {
    return row.after().equals(Optional.of(inserted.withId(StoredToken.UNSAVED)))
        && !ids.contains(inserted.id());
  }
}
