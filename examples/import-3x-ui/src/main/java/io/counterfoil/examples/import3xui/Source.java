package io.counterfoil.examples.import3xui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code api_tokens} table of a 3x-ui database, which is only read. 3x-ui may go on running meanwhile: what it has
 * committed is seen, its {@code -wal} file included.
 */
final class Source {
  private static final List<String> REQUIRED =
      List.of("id", "name", "token", "enabled", "created_at");
  private static final List<String> NEWER = List.of("scope", "expires_at");

  /** What SQLite answers where there is no file and none is to be made: {@code SQLITE_CANTOPEN}. */
  static final int NO_FILE = 14;

  private static final String SQLITE = "jdbc:sqlite:";

  private Source() {}

  static List<Row> rows(Path file) throws IOException, SQLException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("--from: " + file + " (expected: a file)");
    }
    try (Connection connection = DriverManager.getConnection(readOnlyUrl(file.toRealPath()));
        Statement statement = connection.createStatement()) {
      return rows(statement, columns(statement));
    }
  }

  /**
   * Even to read, SQLite makes a {@code -wal} and a {@code -shm} file where a database in WAL mode is at rest, and cannot take
   * them away again without writing; so it is told that nobody writes then, and makes none. Where a copy has a {@code -wal}
   * but no {@code -shm}, that one is made.
   */
  private static String readOnlyUrl(Path file) throws IOException {
    boolean atRest = isInWalMode(file) && !Files.exists(Path.of(file + "-wal"));
    return SQLITE + file.toUri() + "?mode=ro" + (atRest ? "&immutable=1" : "");
  }

  /** The read version of the file format, section 1.3 of "Database File Format". */
  private static boolean isInWalMode(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] header = bytes.readNBytes(20);
      return header.length == 20 && header[19] == 2;
    }
  }

  private static List<String> columns(Statement statement) throws IOException, SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet names =
        statement.executeQuery("SELECT name FROM pragma_table_info('api_tokens')")) {
      while (names.next()) {
        found.add(names.getString(1));
      }
    }
    if (!found.containsAll(REQUIRED)) {
      throw new IOException("--from: "
          + (found.isEmpty() ? "no table api_tokens" : "a table api_tokens without its columns")
          + " (expected: the database of 3x-ui, with " + String.join(", ", REQUIRED) + ')');
    }
    List<String> columns = new ArrayList<>(REQUIRED);
    NEWER.stream().filter(found::contains).forEach(columns::add);
    return columns;
  }

  private static List<Row> rows(Statement statement, List<String> columns) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(
        "SELECT " + String.join(", ", columns) + " FROM api_tokens ORDER BY id")) {
      while (found.next()) {
        Map<String, Optional<Object>> cells = new HashMap<>();
        for (String column : columns) {
          cells.put(column, Optional.ofNullable(found.getObject(column)));
        }
        rows.add(new Row(cells));
      }
    }
    return rows;
  }

  /** Refuses the source as a target. Asks read-only, for a connection that could write tidies up when it is closed. */
  static void requireOther(Path file, String url) throws IOException, SQLException {
    if (!url.startsWith(SQLITE)) {
      return;
    }
    String readOnly = url.replaceFirst("[?].*", "") + "?open_mode=1"; // SQLITE_OPEN_READONLY
    try (Connection connection = DriverManager.getConnection(readOnly);
        Statement statement = connection.createStatement();
        ResultSet main = statement.executeQuery("PRAGMA database_list")) {
      if (main.next() && Files.isSameFile(Path.of(main.getString("file")), file)) {
        throw new IOException("--jdbc-url: the database of 3x-ui (expected: another one)");
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_FILE) {
        throw e;
      }
    }
  }
}
