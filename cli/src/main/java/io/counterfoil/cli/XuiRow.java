package io.counterfoil.cli;

import java.util.Map;
import java.util.Optional;

/**
 * A row of the table. In SQLite a column can contain values of any type. Error messages never contain a value, because it may
 * be a secret.
 */
final class XuiRow {
  private final Map<String, Optional<Object>> cells;

  XuiRow(Map<String, Optional<Object>> cells) {
    this.cells = Map.copyOf(cells);
  }

  /** Returns the row with the owner that its token gets. */
  ForeignRow of(String owner) {
    XuiRow row = this;
    return new ForeignRow() {
      @Override
      public String label() {
        return row.label();
      }

      @Override
      public ForeignToken token() {
        return XuiToken.of(row, owner);
      }
    };
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
