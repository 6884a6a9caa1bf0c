package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every statement of the store, for one table: all SQL but the schema scripts.
 *
 * <p>Values are bound, never written into the text. The one name that comes from outside, the table's, is checked (CWE-89).
 */
final class Statements {
  static final String DEFAULT_TABLE = "counterfoil_tokens";

  /** A node that stops between its last statement and the commit holds up the changes of all: PostgreSQL ends its transaction. */
  private static final String END_OF_PATIENCE =
      "pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true)";

  /** How many rows {@link #deleteExpired} takes. */
  static final int AT_ONCE = 100;

  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private static final String SELECT = """
      SELECT id, owner, name, hash, hash_tag, previous_hash, previous_hash_tag, previous_until,
        enabled, scopes, allowed_addresses, created_at, expires_at, tracked_since, last_used_at
      FROM counterfoil_tokens
      """;

  final String insert;
  final String findById;
  final String findByName;
  final String list;
  final String listOwnedBy;
  final String setEnabled;
  final String disableAll;
  final String disableOwnedBy;
  final String rotate;
  final String rehash;
  final String endPrevious;
  final String recordUse;
  final String delete;
  final String deleteOwnedBy;
  final String expired;
  final String deleteExpired;
  final Dialect dialect;
  final String table;

  /** The name of the table that has the stamp. */
  final String stampTable;

  final String stamp;
  final String advanceStamp;
  final String advanceStampAndNotify;

  /** Gives the channel by its name, having sent a notification on it. */
  final String channel;

  private final String findByOneHash;

  Statements(Dialect dialect, String table) {
    this.dialect = dialect;
    this.table = checkedTable(table);
    insert = on(table, """
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, previous_hash, previous_hash_tag, previous_until,
          enabled, scopes, allowed_addresses, created_at, expires_at, tracked_since, last_used_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);
    // Two probes of two unique indexes; given an OR instead, some databases read the whole table.
    findByOneHash =
        on(table, SELECT + "WHERE hash = ? UNION ALL " + SELECT + "WHERE previous_hash = ?");
    findByName = on(table, SELECT + "WHERE owner = ? AND name = ?");
    findById = on(table, SELECT + "WHERE id = ?");
    list = limited(SELECT + "WHERE id > ? ORDER BY id LIMIT ?");
    listOwnedBy = limited(SELECT + "WHERE owner = ? AND id > ? ORDER BY id LIMIT ?");
    setEnabled = on(table, "UPDATE counterfoil_tokens SET enabled = ? WHERE id = ?");
    disableAll = on(table, "UPDATE counterfoil_tokens SET enabled = ? WHERE enabled <> ?");
    // By the index of owner and id: it locks the tokens in the order in which uses are noted, and
    // nobody waits in a circle.
    disableOwnedBy = disableAll + " AND owner = ? AND id > 0";
    // The old columns are read before they are written: MySQL assigns from left to right.
    rotate = on(table, """
        UPDATE counterfoil_tokens
        SET previous_hash = hash, previous_hash_tag = hash_tag, previous_until = ?, hash = ?, hash_tag = ?
        WHERE id = ? AND hash = ? AND hash_tag = ?
        """);
    rehash = on(table, """
        UPDATE counterfoil_tokens SET hash = ?, hash_tag = ? WHERE id = ? AND hash = ? AND hash_tag = ?
        """);
    endPrevious = on(table, """
        UPDATE counterfoil_tokens SET previous_until = ?
        WHERE id = ? AND previous_hash = ? AND previous_hash_tag = ? AND previous_until > ?
        """);
    recordUse = on(table, """
        UPDATE counterfoil_tokens SET last_used_at = ?
        WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)
        """);
    delete = on(table, "DELETE FROM counterfoil_tokens WHERE id = ?");
    deleteOwnedBy = on(table, "DELETE FROM counterfoil_tokens WHERE owner = ? AND id > 0");
    expired = limited(
        "SELECT id FROM counterfoil_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?");
    deleteExpired = on(
        table,
        "DELETE FROM counterfoil_tokens WHERE expires_at < ? AND id IN (?"
            + ", ?".repeat(AT_ONCE - 1) + ')');
    stampTable = stampTable(table);
    stamp = on(table, """
        SELECT changes, token_1, token_2, token_3, token_4, token_5, token_6, token_7, token_8
        FROM counterfoil_tokens_changes WHERE id = 1
        """);
    // Each column is read before it is written, as above.
    advanceStamp = on(table, """
        UPDATE counterfoil_tokens_changes
        SET token_8 = token_7, token_7 = token_6, token_6 = token_5, token_5 = token_4, token_4 = token_3,
          token_3 = token_2, token_2 = token_1, token_1 = ?, changes = changes + 1
        WHERE id = 1
        """);
    advanceStampAndNotify = "WITH advanced AS (" + advanceStamp
        + ") SELECT pg_catalog.pg_notify(?, ''), " + END_OF_PATIENCE;
    // By its number a table is another than one of that name in another schema; no name is long.
    channel = on(table, """
        SELECT name, pg_catalog.pg_notify(name, ''), %s
        FROM (SELECT 'counterfoil_' || CAST(CAST('counterfoil_tokens_changes' AS regclass) AS oid) AS name) AS channel
        """.formatted(END_OF_PATIENCE));
  }

  /**
   * Asks for so many hashes, each in the present and in the previous place; for one in nearly every call, by the same text, which
   * pools of statements then need not compare.
   */
  String findByHash(int candidates) {
    return candidates == 1
        ? findByOneHash
        : String.join(" UNION ALL ", Collections.nCopies(candidates, findByOneHash));
  }

  /** A setting of a database that is wrong if the query gives more than zero. */
  record Setting(String query, String cure) {}

  /** Asks by how many milliseconds a database writes to its files later than it answers. */
  Optional<Setting> writeDelay() {
    return switch (dialect) {
      case H2 -> Optional.of(new Setting("""
          SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
          WHERE SETTING_NAME = 'WRITE_DELAY' AND DATABASE_PATH() IS NOT NULL
          """, "WRITE_DELAY=0 in its URL, or SET WRITE_DELAY 0"));
      case HSQLDB ->
        Optional.of(new Setting(
            """
          SELECT delay.PROPERTY_VALUE
          FROM INFORMATION_SCHEMA.SYSTEM_PROPERTIES AS delay, INFORMATION_SCHEMA.SYSTEM_PROPERTIES AS file
          WHERE delay.PROPERTY_NAME = 'hsqldb.write_delay_millis'
            AND file.PROPERTY_NAME = 'hsqldb.temp_directory' AND file.PROPERTY_VALUE <> 'null'
          """, "hsqldb.write_delay=false in its URL, or SET FILES WRITE DELAY FALSE"));
      default -> Optional.empty();
    };
  }

  /** Asks for what makes texts the same to a whole database, or leaves some without room, whatever the column says. */
  Optional<Setting> blur() {
    return switch (dialect) {
      case POSTGRESQL ->
        Optional.of(new Setting(
            "SELECT CASE current_setting('server_encoding') WHEN 'UTF8' THEN 0 ELSE 1 END",
            "a database made with ENCODING 'UTF8'"));
      case H2 ->
        Optional.of(new Setting(
            """
          SELECT COUNT(*) FROM INFORMATION_SCHEMA.SETTINGS
          WHERE SETTING_NAME = 'MODE' AND SETTING_VALUE = 'Oracle'
            OR SETTING_NAME = 'COLLATION' AND SETTING_VALUE <> 'OFF'
          """, "another MODE than Oracle in its URL, or a database made anew without COLLATION"));
      default -> Optional.empty();
    };
  }

  /** Asks by name for the definitions, or part of them, of which drivers leave out what counts. */
  Optional<String> definitions() {
    return switch (dialect) {
      case POSTGRESQL -> Optional.of("""
          SELECT relname, CASE WHEN indisvalid THEN '' ELSE 'INVALID ' END || pg_get_indexdef(indexrelid)
          FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
          WHERE indrelid = to_regclass(?)
          """);
      case SQLITE -> Optional.of("SELECT name, sql FROM sqlite_master WHERE tbl_name = ?");
      default -> Optional.empty();
    };
  }

  /** Counts texts by the rules of a column, without a row to be written: a union takes equal ones once. */
  String distinct(String column, List<String> texts) {
    String literal = switch (dialect) {
      case HSQLDB -> " UNION VALUES ('%s')";
      case DERBY -> " UNION SELECT '%s' AS " + column + " FROM SYSIBM.SYSDUMMY1";
      case SQLSERVER -> " UNION SELECT N'%s'";
      case ORACLE -> " UNION SELECT '%s' FROM DUAL";
      default -> " UNION SELECT '%s'";
    };
    String union = texts.stream()
        .map(text -> String.format(Locale.ROOT, literal, dialect.kept(text)))
        .collect(joining());
    return "SELECT COUNT(" + column + ") FROM (SELECT " + column + " FROM " + table
        + " WHERE id < 0" + union + ") texts";
  }

  /** Begins to hear what is sent on a channel, whose name {@link #channel} gave. */
  static String listen(String channel) {
    return "LISTEN \"" + channel + '"';
  }

  static String unlisten(String channel) {
    return "UNLISTEN \"" + channel + '"';
  }

  /** What an insert gives back. Left to themselves, some drivers return the whole row, in the order of the table. */
  String[] id() {
    return new String[] {dialect == Dialect.DERBY ? "ID" : "id"};
  }

  /** Puts the standard's words (ISO/IEC 9075-2, "fetch first clause") where a database, or a mode of it, knows no {@code LIMIT}. */
  private String limited(String sql) {
    return on(
        table,
        switch (dialect) {
          case H2, DERBY, SQLSERVER, ORACLE ->
            sql.replace("LIMIT ?", "OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY");
          default -> sql;
        });
  }

  /** Returns the name if a table may have it. 40 characters leave room for the names of its indexes on every database. */
  static String checkedTable(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table: " + table + " (expected: 1 to 40 of a-z, 0-9, _; a letter first)");
    }
    return table;
  }

  static String stampTable(String table) {
    return table + "_changes";
  }

  /** Puts a checked name in the place of the default one. */
  static String on(String table, String sql) {
    return sql.replace(DEFAULT_TABLE, table);
  }
}
