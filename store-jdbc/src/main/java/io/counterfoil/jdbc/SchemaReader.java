package io.counterfoil.jdbc;

import io.counterfoil.jdbc.TableMetadata.Column;
import io.counterfoil.jdbc.TableMetadata.Index;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of tables. Only the schema of the connection counts, or on MariaDB and MySQL its database. Drivers take the
 * names of schemas as patterns, in which "_" matches any character, so the names in the answers are compared.
 */
record SchemaReader(Connection connection, Statements sql) {

  /** Reads the table of tokens. */
  static TableMetadata read(Connection connection, Statements sql) throws SQLException {
    return read(connection, sql, sql.table);
  }

  static TableMetadata read(Connection connection, Statements sql, String table)
      throws SQLException {
    SchemaReader reader = new SchemaReader(connection, sql);
    Optional<String> name = reader.storedName(table);
    return name.isPresent()
        ? new TableMetadata(reader.columns(table), reader.indexes(name.get()))
        : new TableMetadata(Map.of(), List.of());
  }

  /** Returns the name of a table in the letter case of the database; empty if the schema of the connection lacks the table. */
  Optional<String> storedName(String table) throws SQLException {
    DatabaseMetaData driver = connection.getMetaData();
    String pattern = driver.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    String catalog = connection.getCatalog();
    String schema = connection.getSchema();
    // Without a pattern for the schema, because not every driver can escape one.
    try (ResultSet tables = driver.getTables(catalog, null, pattern, null)) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (name.equalsIgnoreCase(table) && isIn(catalog, schema, tables)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }
  }

  /** A driver returns null for a level of names that the database lacks. */
  private static boolean isIn(@Nullable String catalog, @Nullable String schema, ResultSet row)
      throws SQLException {
    String foundCatalog = row.getString("TABLE_CAT");
    String foundSchema = row.getString("TABLE_SCHEM");
    return (catalog == null || foundCatalog == null || foundCatalog.equals(catalog))
        && (schema == null || foundSchema == null || foundSchema.equals(schema));
  }

  /** Also finds a table that is in another schema. */
  Map<String, Column> columns(String table) throws SQLException {
    Map<String, Column> columns = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(Statements.noRows(table));
        ResultSet results = query.executeQuery()) {
      ResultSetMetaData metadata = results.getMetaData();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        int precision = metadata.getPrecision(i); // Oracle's driver has none for RAW
        int size = precision > 0 ? precision : metadata.getColumnDisplaySize(i);
        Column column = new Column(metadata.getColumnType(i), size, metadata.isAutoIncrement(i));
        columns.put(lower(metadata.getColumnName(i)), column);
      }
    }
    return columns;
  }

  private List<Index> indexes(String table) throws SQLException {
    Set<String> unique = new HashSet<>();
    Map<String, List<String>> columns = new TreeMap<>();
    String catalog = connection.getCatalog();
    String schema = connection.getSchema();
    try (ResultSet results =
        connection.getMetaData().getIndexInfo(catalog, schema, table, false, true)) {
      while (results.next()) {
        String name = results.getString("INDEX_NAME");
        boolean isStatistics = name == null;
        if (!isStatistics && isIn(catalog, schema, results)) {
          if (!results.getBoolean("NON_UNIQUE")) {
            unique.add(name);
          }
          String column =
              Objects.requireNonNullElse(results.getString("COLUMN_NAME"), "(a function)");
          columns.computeIfAbsent(name, any -> new ArrayList<>()).add(lower(column));
        }
      }
    }
    Optional<String> query = sql.incompleteIndexes();
    List<String> incomplete =
        query.isPresent() ? Queries.texts(connection, query.get(), table) : List.of();
    List<Index> indexes = new ArrayList<>();
    columns.forEach((name, names) -> indexes.add(
        new Index(lower(name), names, unique.contains(name), !incomplete.contains(name))));
    return indexes;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
