package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table as the database describes it; all names in lower case.
 *
 * @param columns by name; none if there is no such table in the schema that the connection is set to
 * @param indexes those of constraints too
 */
record Found(Map<String, Column> columns, List<Index> indexes) {

  /**
   * A column.
   *
   * @param type one of {@link java.sql.Types}
   * @param size of texts and bytes, the most that they may have
   */
  record Column(int type, int size) {}

  /** An index, with its columns in their order. */
  record Index(List<String> columns, boolean isUnique) {
    Index {
      columns = List.copyOf(columns);
    }
  }

  static Found of(Connection connection, String table) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    Optional<String> name = name(connection, table);
    return name.isEmpty()
        ? new Found(Map.of(), List.of())
        : new Found(columns(about, connection, name.get()), indexes(about, connection, name.get()));
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  /** Says whether an index serves the columns: as its first ones, or if they are to be unique, as all of them. */
  boolean has(Index wanted) {
    return indexes.stream()
        .anyMatch(index -> wanted.isUnique()
            ? index.isUnique() && index.columns().equals(wanted.columns())
            : index.columns().size() >= wanted.columns().size()
                && index.columns().subList(0, wanted.columns().size()).equals(wanted.columns()));
  }

  /** Returns the name as the database writes it. */
  private static Optional<String> name(Connection connection, String table) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String pattern = about.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    try (ResultSet tables =
        about.getTables(connection.getCatalog(), connection.getSchema(), pattern, null)) {
      while (tables.next()) {
        // "_" in a pattern is any character, so this may be another table
        String name = tables.getString("TABLE_NAME");
        if (name.equalsIgnoreCase(table)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }
  }

  private static Map<String, Column> columns(
      DatabaseMetaData about, Connection connection, String table) throws SQLException {
    Map<String, Column> columns = new HashMap<>();
    try (ResultSet results =
        about.getColumns(connection.getCatalog(), connection.getSchema(), table, null)) {
      while (results.next()) {
        if (results.getString("TABLE_NAME").equals(table)) {
          columns.put(
              lower(results.getString("COLUMN_NAME")),
              new Column(type(results), results.getInt("COLUMN_SIZE")));
        }
      }
    }
    return columns;
  }

  /** SQLite's driver calls a BLOB a text. */
  private static int type(ResultSet column) throws SQLException {
    return "BLOB".equals(column.getString("TYPE_NAME")) ? Types.BLOB : column.getInt("DATA_TYPE");
  }

  private static List<Index> indexes(DatabaseMetaData about, Connection connection, String table)
      throws SQLException {
    List<Index> indexes = new ArrayList<>();
    indexes.add(primaryKey(about, connection, table));
    Map<String, List<String>> columns = new TreeMap<>();
    Map<String, Boolean> unique = new HashMap<>();
    try (ResultSet results =
        about.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (results.next()) {
        String name = results.getString("INDEX_NAME");
        String column = results.getString("COLUMN_NAME");
        if (name != null && column != null) { // the driver counts rows too, or indexes a function
          columns.computeIfAbsent(name, any -> new ArrayList<>()).add(lower(column));
          unique.put(name, !results.getBoolean("NON_UNIQUE") && isWhole(results));
        }
      }
    }
    columns.forEach((name, of) -> indexes.add(new Index(of, unique.getOrDefault(name, false))));
    return indexes;
  }

  /** An index of some rows keeps nothing unique among all; but those with nothing in the column need not be in it. */
  private static boolean isWhole(ResultSet index) throws SQLException {
    String filter = index.getString("FILTER_CONDITION");
    return filter == null || filter.isEmpty() || filter.contains("IS NOT NULL");
  }

  /** Asked for by itself, for SQLite has no index on its row ids. */
  private static Index primaryKey(DatabaseMetaData about, Connection connection, String table)
      throws SQLException {
    record KeyColumn(int position, String name) {}
    List<KeyColumn> parts = new ArrayList<>();
    try (ResultSet results =
        about.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
      while (results.next()) {
        parts.add(
            new KeyColumn(results.getInt("KEY_SEQ"), lower(results.getString("COLUMN_NAME"))));
      }
    }
    parts.sort(Comparator.comparingInt(KeyColumn::position));
    return new Index(parts.stream().map(KeyColumn::name).toList(), true);
  }

  /** Drivers write the names of columns as the database stores them. */
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
