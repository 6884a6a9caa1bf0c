package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** Runs the schema script of a database. */
final class Schema {
  /** The names that the databases give themselves; in lower case, those of their scripts. */
  private static final List<String> DATABASES = List.of("PostgreSQL", "MariaDB", "H2", "SQLite");

  private Schema() {}

  /** Creates what is missing; true if the table was. */
  static boolean create(DataSource dataSource, String table) {
    Statements.checkedTable(table);
    Transactions transactions = new Transactions(dataSource);
    String database = transactions.single(
        "say which database it is",
        connection -> connection.getMetaData().getDatabaseProductName());
    List<String> script = script(database, table);
    if (database.equals("H2") && !transactions.single("read its settings", Schema::isDurableH2)) {
      throw new IllegalStateException("the H2 database loses what it acknowledged when it is killed"
          + " (expected: opened with WRITE_DELAY=0 in its URL)");
    }
    return transactions.oneByOne("create its schema", connection -> {
      boolean absent = !exists(connection, table);
      for (String statement : script) {
        execute(connection, statement);
      }
      return absent;
    });
  }

  /**
   * Runs a statement of the script, if need be twice: {@code IF NOT EXISTS} guards against what is there, not against what
   * another node creates at the same moment. Databases report that in as many ways as there are; the second time it is there.
   */
  private static void execute(Connection connection, String ddl) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute(ddl);
      } catch (SQLException perhapsTooLate) {
        statement.execute(ddl);
      }
    }
  }

  /** With the delay that is H2's default, a token that was disabled before a crash is enabled after it. */
  private static boolean isDurableH2(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Statements.H2_WRITE_DELAY);
        ResultSet settings = query.executeQuery()) {
      return !settings.next() || settings.getInt(1) == 0;
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String pattern = about.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    try (ResultSet tables =
        about.getTables(connection.getCatalog(), connection.getSchema(), pattern, null)) {
      while (tables.next()) {
        // "_" in a pattern is any character, so this may be another table
        if (tables.getString("TABLE_NAME").equalsIgnoreCase(table)) {
          return true;
        }
      }
      return false;
    }
  }

  private static List<String> script(String database, String table) {
    if (!DATABASES.contains(database)) {
      throw new IllegalStateException(
          "database: " + database + " (expected: one of " + String.join(", ", DATABASES) + ')');
    }
    String script =
        resource("schema-" + database.toLowerCase(Locale.ROOT) + ".sql").replaceAll("--.*", "");
    return Arrays.stream(Statements.on(table, script).split(";"))
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
