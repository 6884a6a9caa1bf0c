package io.counterfoil.cli;

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
final class XuiSource {
  private static final List<String> REQUIRED =
      List.of("id", "name", "token", "enabled", "created_at");
  private static final List<String> NEWER = List.of("scope", "expires_at");

  private static final String SQLITE = "jdbc:sqlite:";

  private XuiSource() {}

  static List<XuiRow> rows(Path file) throws CliException {
    if (!Files.isRegularFile(file)) {
      throw CliException.invalid("FILE: " + SafeText.name(file.toString()), "a file");
    }
    try (Connection connection = DriverManager.getConnection(readOnlyUrl(file.toRealPath()));
        Statement statement = connection.createStatement()) {
      return rows(statement, columns(statement));
    } catch (IOException | SQLException e) {
      throw CliException.failed("FILE: " + SafeText.causes(e));
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

  private static List<String> columns(Statement statement) throws CliException, SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet names =
        statement.executeQuery("SELECT name FROM pragma_table_info('api_tokens')")) {
      while (names.next()) {
        found.add(names.getString(1));
      }
    }
    if (!found.containsAll(REQUIRED)) {
      throw CliException.invalid(
          "FILE: "
              + (found.isEmpty() ? "no table api_tokens" : "columns are missing in api_tokens"),
          "the database of 3x-ui, with " + String.join(", ", REQUIRED));
    }
    List<String> columns = new ArrayList<>(REQUIRED);
    NEWER.stream().filter(found::contains).forEach(columns::add);
    return columns;
  }

  private static List<XuiRow> rows(Statement statement, List<String> columns) throws SQLException {
    List<XuiRow> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(
        "SELECT " + String.join(", ", columns) + " FROM api_tokens ORDER BY id")) {
      while (found.next()) {
        Map<String, Optional<Object>> cells = new HashMap<>();
        for (String column : columns) {
          cells.put(column, Optional.ofNullable(found.getObject(column)));
        }
        rows.add(new XuiRow(cells));
      }
    }
    return rows;
  }

  /**
   * Throws if the target is the source. The connection is read-only, because one that can write removes the {@code -wal} file
   * when it is closed.
   */
  static void requireOther(Path file, String url) throws CliException {
    if (!url.startsWith(SQLITE)) {
      return;
    }
    String readOnly = url.replaceFirst("[?].*", "") + "?open_mode=1"; // SQLITE_OPEN_READONLY
    try (Connection connection = DriverManager.getConnection(readOnly);
        Statement statement = connection.createStatement();
        ResultSet main = statement.executeQuery("PRAGMA database_list")) {
      if (main.next() && Files.isSameFile(Path.of(main.getString("file")), file)) {
        throw CliException.invalid("spring.datasource.url: the database of 3x-ui", "another one");
      }
    } catch (SQLException | IOException unreadable) {
      // Reported when it is opened.
    }
  }
}
