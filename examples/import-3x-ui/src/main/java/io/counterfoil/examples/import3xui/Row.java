package io.counterfoil.examples.import3xui;

import java.util.Map;
import java.util.Optional;

/** A row of the table: SQLite lets any column hold anything. Its refusals never quote what they have found, which may be a secret. */
final class Row {
  private final Map<String, Optional<Object>> cells;

  Row(Map<String, Optional<Object>> cells) {
    this.cells = Map.copyOf(cells);
  }

  boolean has(String column) {
    return cells.containsKey(column);
  }

  /** Returns what people know the row by. */
  String label() {
    String id =
        cell("id").filter(Number.class::isInstance).map(Object::toString).orElse("?");
    String name = cell("name")
        .filter(String.class::isInstance)
        .map(text -> SafeText.name(text.toString()))
        .orElse("without a name");
    return "id " + id + ' ' + name;
  }

  String text(String column) {
    return cell(column)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseThrow(() -> refused(column, "a text"));
  }

  long whole(String column) {
    return cell(column)
        .filter(value -> value instanceof Integer || value instanceof Long)
        .map(value -> ((Number) value).longValue())
        .orElseThrow(() -> refused(column, "a whole number"));
  }

  static IllegalArgumentException refused(String column, String expected) {
    return new IllegalArgumentException(column + ": (expected: " + expected + ')');
  }

  private Optional<Object> cell(String column) {
    return cells.getOrDefault(column, Optional.empty());
  }
}
