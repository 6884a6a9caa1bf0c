package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A 3x-ui database, created with the statements of 3x-ui. While it is open, it is in the same state as the database of a running
 * 3x-ui.
 */
final class XuiDatabase implements AutoCloseable {
  private static final String OLD =
      "CREATE TABLE api_tokens (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL,"
          + " token text NOT NULL, enabled numeric DEFAULT true, created_at integer)";
  private static final String NEW = OLD.replace(
      "created_at integer",
      "created_at integer, scope text DEFAULT \"admin\", expires_at integer DEFAULT 0");

  final Path file;
  private final Connection connection;

  private XuiDatabase(Path file, String table) throws SQLException {
    this.file = file;
    connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?journal_mode=WAL");
    sql(table);
  }

  static XuiDatabase old(Path folder) throws SQLException {
    return new XuiDatabase(folder.resolve("x-ui.db"), OLD);
  }

  static XuiDatabase current(Path folder) throws SQLException {
    return new XuiDatabase(folder.resolve("x-ui.db"), NEW);
  }

  static XuiDatabase without(Path folder, String table) throws SQLException {
    return new XuiDatabase(folder.resolve("x-ui.db"), table);
  }

  /** Returns a plaintext in the format of 3x-ui: 48 letters and digits. */
  static String plaintext(String name) {
    return hash("plaintext of " + name).substring(0, 48);
  }

  static String hash(String plaintext) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(plaintext.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  XuiDatabase token(String name, Object enabled, Object createdAt) throws SQLException {
    return sql(
        "INSERT INTO api_tokens (name, token, enabled, created_at) VALUES (?, ?, ?, ?)",
        name,
        hash(plaintext(name)),
        enabled,
        createdAt);
  }

  XuiDatabase token(String name, Object enabled, Object createdAt, Object scope, Object expiresAt)
      throws SQLException {
    return sql(
        "INSERT INTO api_tokens (name, token, enabled, created_at, scope, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        name,
        hash(plaintext(name)),
        enabled,
        createdAt,
        scope,
        expiresAt);
  }

  XuiDatabase sql(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
    return this;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
