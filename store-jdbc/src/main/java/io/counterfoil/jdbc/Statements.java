package io.counterfoil.jdbc;

import java.util.regex.Pattern;

/**
 * Every statement of the store, for one table: all SQL but the schema scripts.
 *
 * <p>Values are bound, never written into the text. The one name that comes from outside, the table's, is checked (CWE-89).
 */
final class Statements {
  static final String DEFAULT_TABLE = "counterfoil_tokens";

  /** What an insert gives back. Left to themselves, some drivers return the whole row, in the order of the table. */
  static final String[] ID = {"id"};

  /** The delay after which H2 writes to its file what it has acknowledged; no row if there is no file. */
  static final String H2_WRITE_DELAY = """
      SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
      WHERE SETTING_NAME = 'WRITE_DELAY' AND DATABASE_PATH() IS NOT NULL
      """;

  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private static final String SELECT = """
      SELECT id, owner, name, hash, hash_tag, previous_hash, previous_hash_tag, previous_until,
        enabled, scopes, allowed_addresses, created_at, expires_at, tracked_since, last_used_at
      FROM counterfoil_tokens
      """;

  final String insert;
  final String hasName;
  final String findByHash;
  final String findById;
  final String list;
  final String listOwnedBy;
  final String setEnabled;
  final String rotate;
  final String recordUse;
  final String delete;
  private final String deleteExpired;
  private final String deleteExpiredInOrder;

  Statements(String table) {
    checkedTable(table);
    insert = on(table, """
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, previous_hash, previous_hash_tag, previous_until,
          enabled, scopes, allowed_addresses, created_at, expires_at, tracked_since, last_used_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);
    hasName = on(table, "SELECT id FROM counterfoil_tokens WHERE owner = ? AND name = ?");
    // Two probes of two unique indexes; given an OR instead, some databases read the whole table.
    findByHash =
        on(table, SELECT + "WHERE hash = ? UNION ALL " + SELECT + "WHERE previous_hash = ?");
    findById = on(table, SELECT + "WHERE id = ?");
    list = on(table, SELECT + "WHERE id > ? ORDER BY id LIMIT ?");
    listOwnedBy = on(table, SELECT + "WHERE owner = ? AND id > ? ORDER BY id LIMIT ?");
    setEnabled = on(table, "UPDATE counterfoil_tokens SET enabled = ? WHERE id = ?");
    // The old columns are read before they are written: MySQL assigns from left to right.
    rotate = on(table, """
        UPDATE counterfoil_tokens
        SET previous_hash = hash, previous_hash_tag = hash_tag, previous_until = ?, hash = ?, hash_tag = ?
        WHERE id = ? AND hash = ? AND hash_tag = ?
        """);
    recordUse = on(table, """
        UPDATE counterfoil_tokens SET last_used_at = ?
        WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)
        """);
    delete = on(table, "DELETE FROM counterfoil_tokens WHERE id = ?");
    deleteExpired = on(table, """
        DELETE FROM counterfoil_tokens WHERE id IN (
          SELECT id FROM counterfoil_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
        """);
    // InnoDB locks what a subquery reads, and two nodes would wait for each other in a circle.
    deleteExpiredInOrder = on(table, """
        DELETE FROM counterfoil_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?
        """);
  }

  /** The statement for a database that calls itself so. */
  String deleteExpired(String database) {
    return database.equals("MariaDB") ? deleteExpiredInOrder : deleteExpired;
  }

  /** Returns the name if a table may have it. 40 characters leave room for the names of its indexes on every database. */
  static String checkedTable(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table: " + table + " (expected: 1 to 40 of a-z, 0-9, _; a letter first)");
    }
    return table;
  }

  /** Puts a checked name in the place of the default one. */
  static String on(String table, String sql) {
    return sql.replace(DEFAULT_TABLE, table);
  }
}
