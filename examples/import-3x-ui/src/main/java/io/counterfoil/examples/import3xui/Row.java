package io.counterfoil.examples.import3xui;

import java.util.Map;
import java.util.Optional;

/**
 * A row of the table. In SQLite a column can contain values of any type. Error messages never contain a value, because it may
 * be a secret.
 */
final class Row {
  private final Map<String, Optional<Object>> cells;

  Row(Map<String, Optional<Object>> cells) {
    this.cells = Map.copyOf(cells);
  }

  boolean has(String column) {
    return cells.containsKey(column);
  }

  /** Returns the id and the name, by which an operator recognizes the row. */
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
        .orElseThrow(() -> invalid(column, "a text"));
  }

  long whole(String column) {
    return cell(column)
        .filter(value -> value instanceof Integer || value instanceof Long)
        .map(value -> ((Number) value).longValue())
        .orElseThrow(() -> invalid(column, "a whole number"));
  }

  static IllegalArgumentException invalid(String column, String expected) {
    return new IllegalArgumentException(column + ": (expected: " + expected + ')');
  }

  private Optional<Object> cell(String column) {
    return cells.getOrDefault(column, Optional.empty());
  }
}
