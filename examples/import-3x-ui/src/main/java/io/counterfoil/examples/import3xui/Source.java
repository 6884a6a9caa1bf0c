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
 * The {@code api_tokens} table of a 3x-ui database. It is only read. 3x-ui may be running: all committed rows are read, including
 * those in the {@code -wal} file.
 */
final class Source {
  private static final List<String> REQUIRED =
      List.of("id", "name", "token", "enabled", "created_at");
  private static final List<String> NEWER = List.of("scope", "expires_at");

  /** {@code SQLITE_CANTOPEN}: there is no file, and SQLite may not create one. */
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
   * Opens a database without a {@code -wal} file as immutable. To read a database in WAL mode, SQLite would otherwise create
   * {@code -wal} and {@code -shm} files, and a read-only connection cannot delete them. If a copy has a {@code -wal} file but no
   * {@code -shm} file, SQLite creates the latter.
   */
  private static String readOnlyUrl(Path file) throws IOException {
    boolean immutable = isInWalMode(file) && !Files.exists(Path.of(file + "-wal"));
    return SQLITE + file.toUri() + "?mode=ro" + (immutable ? "&immutable=1" : "");
  }

  /** Reads the read version of the file format (SQLite's "Database File Format", section 1.3). */
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
          + (found.isEmpty() ? "no table api_tokens" : "columns are missing in api_tokens")
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

  /**
   * Throws if the target is the source. The connection is read-only, because one that can write removes the {@code -wal} file
   * when it is closed.
   */
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
