package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a database what a table is like. */
final class Catalog {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|--[^\n]*");

  /** A default that is worked out: a function of PostgreSQL, or a sequence of H2 or Oracle. */
  private static final Pattern WORKED_OUT = Pattern.compile("(?i)\\w\\(|next ?val");

  /** Where the driver tells the id of a new row, whatever gave it. */
  private static final Set<Dialect> TELL_ALL =
      EnumSet.of(Dialect.POSTGRESQL, Dialect.H2, Dialect.ORACLE);

  private final Connection connection;
  private final DatabaseMetaData about;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final Statements sql;

  Catalog(Connection connection, Statements sql) throws SQLException {
    this.connection = connection;
    this.about = connection.getMetaData();
    this.catalog = connection.getCatalog();
    this.schema = connection.getSchema();
    this.sql = sql;
  }

  Found found() throws SQLException {
    Optional<String> name = name();
    if (name.isEmpty()) {
      return new Found(Map.of(), List.of());
    }
    Map<String, String> definitions = definitions(name.get());
    return new Found(columns(name.get(), definitions), indexes(name.get()));
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

  /** Returns by name what drivers leave out. */
  private Map<String, String> definitions(String table) throws SQLException {
    Map<String, String> definitions = new HashMap<>();
    Optional<String> statement = sql.definitions();
    if (statement.isPresent()) {
      try (PreparedStatement query = connection.prepareStatement(statement.get())) {
        query.setString(1, table);
        try (ResultSet results = query.executeQuery()) {
          while (results.next()) {
            String definition = Objects.requireNonNullElse(results.getString(2), "");
            definitions.put(results.getString(1), COMMENT.matcher(definition).replaceAll(" "));
          }
        }
      }
    }
    return definitions;
  }

  private Map<String, Found.Column> columns(String table, Map<String, String> definitions)
      throws SQLException {
    String definition = definitions.getOrDefault(table, "");
    Map<String, Found.Column> columns = new HashMap<>();
    try (ResultSet results = about.getColumns(catalog, schema, table, null)) {
      while (results.next()) {
        if (results.getString("TABLE_NAME").equals(table)) {
          columns.put(lower(results.getString("COLUMN_NAME")), column(results, definition));
        }
      }
    }
    return columns;
  }

  /** Each value is read once, and in its place among the others: Oracle's driver has some no longer than until the next. */
  private Found.Column column(ResultSet column, String table) throws SQLException {
    int type = type(column);
    int size = column.getInt("COLUMN_SIZE");
    String otherwise = Objects.requireNonNullElse(column.getString("COLUMN_DEF"), "");
    boolean isNumbered = "YES".equals(column.getString("IS_AUTOINCREMENT"));
    if (sql.dialect == Dialect.SQLITE) { // its driver takes a comment for the word
      isNumbered &= table.toUpperCase(Locale.ROOT).contains("AUTOINCREMENT");
    } else if (TELL_ALL.contains(sql.dialect)) {
      isNumbered |= WORKED_OUT.matcher(otherwise).find();
    }
    return new Found.Column(type, size, isNumbered);
  }

  /** SQLite's driver calls a BLOB a text. */
  private static int type(ResultSet column) throws SQLException {
    int type = column.getInt("DATA_TYPE");
    return "BLOB".equals(column.getString("TYPE_NAME")) ? Types.BLOB : type;
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
