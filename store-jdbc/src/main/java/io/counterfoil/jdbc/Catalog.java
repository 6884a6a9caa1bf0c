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
import org.jspecify.annotations.Nullable;

/** Asks a database what a table is like. */
final class Catalog {
  private final DatabaseMetaData about;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final Statements sql;

  Catalog(Connection connection, Statements sql) throws SQLException {
    this.about = connection.getMetaData();
    this.catalog = connection.getCatalog();
    this.schema = connection.getSchema();
    this.sql = sql;
  }

  Found found() throws SQLException {
    Optional<String> name = name();
    return name.isEmpty()
        ? new Found(Map.of(), List.of())
        : new Found(columns(name.get()), indexes(name.get()));
  }

  /** Returns the name as the database writes it. */
  private Optional<String> name() throws SQLException {
    String pattern =
        about.storesUpperCaseIdentifiers() ? sql.table.toUpperCase(Locale.ROOT) : sql.table;
    try (ResultSet tables = about.getTables(catalog, schema, pattern, null)) {
      while (tables.next()) {
        // "_" in a pattern is any character, so this may be another table
        String name = tables.getString("TABLE_NAME");
        if (name.equalsIgnoreCase(sql.table)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }
  }

  private Map<String, Found.Column> columns(String table) throws SQLException {
    Map<String, Found.Column> columns = new HashMap<>();
    try (ResultSet results = about.getColumns(catalog, schema, table, null)) {
      while (results.next()) {
        if (results.getString("TABLE_NAME").equals(table)) {
          columns.put(
              lower(results.getString("COLUMN_NAME")),
              new Found.Column(type(results), results.getInt("COLUMN_SIZE")));
        }
      }
    }
    return columns;
  }

  /** SQLite's driver calls a BLOB a text. */
  private static int type(ResultSet column) throws SQLException {
    return "BLOB".equals(column.getString("TYPE_NAME")) ? Types.BLOB : column.getInt("DATA_TYPE");
  }

  private List<Found.Index> indexes(String table) throws SQLException {
    List<Found.Index> indexes = new ArrayList<>();
    indexes.add(primaryKey(table));
    Map<String, List<String>> columns = new TreeMap<>();
    Map<String, Boolean> unique = new HashMap<>();
    try (ResultSet results = about.getIndexInfo(catalog, schema, table, false, true)) {
      while (results.next()) {
        String name = results.getString("INDEX_NAME");
        String column = results.getString("COLUMN_NAME");
        if (name != null && column != null) { // the driver counts rows too, or indexes a function
          columns.computeIfAbsent(name, any -> new ArrayList<>()).add(lower(column));
          unique.put(name, !results.getBoolean("NON_UNIQUE") && isWhole(results));
        }
      }
    }
    columns.forEach(
        (name, of) -> indexes.add(new Found.Index(of, unique.getOrDefault(name, false))));
    return indexes;
  }

  /** An index of some rows keeps nothing unique among all; but those with nothing in the column need not be in it. */
  private static boolean isWhole(ResultSet index) throws SQLException {
    String filter = index.getString("FILTER_CONDITION");
    return filter == null || filter.isEmpty() || filter.contains("IS NOT NULL");
  }

  /** Asked for by itself, for SQLite has no index on its row ids. */
  private Found.Index primaryKey(String table) throws SQLException {
    record KeyColumn(int position, String name) {}
    List<KeyColumn> parts = new ArrayList<>();
    try (ResultSet results = about.getPrimaryKeys(catalog, schema, table)) {
      while (results.next()) {
        parts.add(
            new KeyColumn(results.getInt("KEY_SEQ"), lower(results.getString("COLUMN_NAME"))));
      }
    }
    parts.sort(Comparator.comparingInt(KeyColumn::position));
    return new Found.Index(parts.stream().map(KeyColumn::name).toList(), true);
  }

  /** Drivers write the names of columns as the database stores them. */
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
