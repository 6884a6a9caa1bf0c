package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a database what a table is like. */
final class Catalog {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|--[^\n]*");
  private static final Pattern WHERE = Pattern.compile("(?is)\\bWHERE\\b(.*)");
  private static final Pattern CARRIED = Pattern.compile(" INCLUDE \\(([^)]*)\\)");
  private static final String IS_NOT_NULL = " is not null";

  /** A default that is worked out: a function of PostgreSQL, or a sequence of H2 or Oracle. */
  private static final Pattern WORKED_OUT = Pattern.compile("(?i)\\w\\(|next ?val");

  /** Where the driver tells the id of a new row, whatever gave it. */
  private static final Set<Dialect> TELL_ALL =
      EnumSet.of(Dialect.POSTGRESQL, Dialect.H2, Dialect.ORACLE);

  /** Types with a default of their own: MariaDB's ENUM takes its first word; a domain, which HSQLDB writes with its schema. */
  private static final Pattern FILLED_TYPE = Pattern.compile("^ENUM|\\.");

  /** Whose drivers no build has asked how they tell of columns that fill themselves. */
  private static final Set<Dialect> NOT_RUN = EnumSet.of(Dialect.SQLSERVER, Dialect.ORACLE);

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
    Optional<String> name = name(sql.table);
    if (name.isEmpty()) {
      return new Found(Map.of(), List.of(), Set.of(), stampTable());
    }
    Map<String, String> definitions = definitions(name.get());
    List<Found.Index> indexes = new ArrayList<>(List.of(primaryKey(name.get())));
    Set<String> useless = new HashSet<>();
    for (Told told : indexes(name.get(), definitions)) {
      if (told.isUsable()) {
        indexes.add(told.index());
      } else {
        useless.add(told.name);
      }
    }
    return new Found(columns(name.get(), definitions), indexes, useless, stampTable());
  }

  /** Asks for the name first: servers log statements that fail. */
  Found.StampTable stampTable() throws SQLException {
    if (name(sql.stampTable).isEmpty()) {
      return Found.StampTable.ABSENT;
    }
    try (PreparedStatement query = connection.prepareStatement(sql.stamp);
        ResultSet results = query.executeQuery()) {
      return results.next() ? Found.StampTable.FILLED : Found.StampTable.EMPTY;
    } catch (SQLException failure) {
      if (Transactions.isNoAnswer(failure)) {
        throw failure;
      }
      Transactions.forget(connection);
      return Found.StampTable.UNREADABLE;
    }
  }

  /** Returns the name as the database writes it. */
  private Optional<String> name(String table) throws SQLException {
    String pattern = about.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    try (ResultSet tables = about.getTables(catalog, schema, pattern, null)) {
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
  private Found.Column column(ResultSet column, String definition) throws SQLException {
    int type = column.getInt("DATA_TYPE");
    String typeName = column.getString("TYPE_NAME");
    int size = column.getInt("COLUMN_SIZE");
    boolean mayBeEmpty = column.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
    String otherwise = column.getString("COLUMN_DEF");
    boolean isCounted = "YES".equals(column.getString("IS_AUTOINCREMENT"));
    boolean isGenerated = "YES".equals(column.getString("IS_GENERATEDCOLUMN"));
    boolean isFilled = isCounted
        || isGenerated
        || otherwise != null
        || FILLED_TYPE.matcher(typeName).find()
        || type == Types.DISTINCT
        || NOT_RUN.contains(sql.dialect);
    return new Found.Column(
        "BLOB".equals(typeName) ? Types.BLOB : type, // SQLite's driver calls it a text
        size,
        isNumbered(isCounted, otherwise, definition),
        !mayBeEmpty && !isFilled);
  }

  private boolean isNumbered(boolean isCounted, @Nullable String otherwise, String definition) {
    if (sql.dialect == Dialect.SQLITE) { // its driver takes a comment for the word
      return isCounted && definition.toUpperCase(Locale.ROOT).contains("AUTOINCREMENT");
    }
    return isCounted
        || (otherwise != null
            && TELL_ALL.contains(sql.dialect)
            && WORKED_OUT.matcher(otherwise).find());
  }

  private Collection<Told> indexes(String table, Map<String, String> definitions)
      throws SQLException {
    Map<String, Told> indexes = new TreeMap<>();
    try (ResultSet results = about.getIndexInfo(catalog, schema, table, false, true)) {
      while (results.next()) {
        String name = results.getString("INDEX_NAME");
        if (name != null) { // the driver counts rows too
          boolean isUnique = !results.getBoolean("NON_UNIQUE");
          String column =
              Objects.requireNonNullElse(results.getString("COLUMN_NAME"), "a function");
          String filter = Objects.requireNonNullElse(results.getString("FILTER_CONDITION"), "");
          String definition = definitions.getOrDefault(name, "");
          indexes
              .computeIfAbsent(
                  name,
                  any -> new Told(lower(name), new ArrayList<>(), isUnique, filter, definition))
              .columns
              .add(lower(column));
        }
      }
    }
    return indexes.values();
  }

  /** An index as the driver tells of it, with its definition. */
  private record Told(
      String name, List<String> columns, boolean isUnique, String filter, String definition) {

    /** Says whether it serves; then it has all rows. */
    boolean isUsable() {
      return !definition.startsWith("INVALID") && isWhole();
    }

    /** A row with nothing in a column need not be in an index on it: nothing is not the same as nothing. */
    private boolean isWhole() {
      Matcher where = WHERE.matcher(definition);
      String condition = (where.find() ? where.group(1) : filter).toLowerCase(Locale.ROOT);
      String words = condition.replaceAll("[\\[\\]()\"`\\s]+", " ").strip();
      return words.isEmpty()
          || Arrays.stream(words.split(" and "))
              .allMatch(part -> part.endsWith(IS_NOT_NULL)
                  && columns.contains(part.substring(0, part.length() - IS_NOT_NULL.length())));
    }

    /** Leaves out the columns that PostgreSQL's only carry along; the driver tells of them too, as the last ones. */
    Found.Index index() {
      Matcher carried = CARRIED.matcher(definition);
      int count = carried.find() ? carried.group(1).split(",", -1).length : 0;
      return new Found.Index(columns.subList(0, columns.size() - count), isUnique);
    }
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
