package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;

import io.counterfoil.jdbc.TableMetadata.Index;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * All SQL statements of the store except the schema scripts, for one table.
 *
 * <p>Values are bound, never part of the text. The name of the table, which a caller chooses, is validated (CWE-89).
 */
final class Statements {
  static final String DEFAULT_TABLE = "counterfoil_tokens";

  /** The number of changes whose tokens the table of changes stores. */
  static final int STORED_CHANGES = 8;

  /** The number of ids in {@link #deleteExpired}. */
  static final int DELETE_BATCH = 100;

  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /**
   * All columns in the order of the table. Then PostgreSQL returns a row as it is stored, and does not prepare to build another.
   * {@link RowMapper} reads all of them except {@code name_folded}.
   */
  static final String SELECT_COLUMNS =
      "SELECT " + String.join(", ", TableMetadata.EXPECTED_COLUMNS) + '\n';

  static final String SELECT = SELECT_COLUMNS + "FROM counterfoil_tokens\n";

  final String insert;
  final String insertKey;
  final String findKey;
  final String findById;
  final String findByName;
  final String findNamesake;
  final String update;
  final String disable;
  final String disableAll;
  final String disableOwnedBy;
  final String recordUse;
  final String delete;
  final String deleteIfExpired;
  final String deleteOwnedBy;
  final String expired;
  final String deleteExpired;
  final Dialect dialect;
  final String table;
  final IdleLimit idleLimit;

  /** The name of the table of changes. */
  final String changesTable;

  /** The name of the table of keys, which {@code insertOnce} records. */
  final String onceTable;

  final String readChanges;

  /** Returns the name of the channel after sending a notification on it. */
  final String channel;

  private final String findByOneHash;
  private final boolean isGalera;

  Statements(Dialect dialect, String table) {
    this(dialect, table, false);
  }

  Statements(Dialect dialect, String table, boolean isGalera) {
    this.dialect = dialect;
    this.isGalera = isGalera;
    this.table = checkedTable(table);
    idleLimit = IdleLimit.of(dialect);
    insert = causal("""
        INSERT INTO counterfoil_tokens (name, name_folded, description, hash, hash_tag, previous_hash, previous_hash_tag,
          previous_until, enabled, scopes, allowed_addresses, renewed_at, expires_at, notice_after, owner, created_at,
          tracked_since, last_used_at, last_used_from, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);
    insertKey = causal("INSERT INTO counterfoil_tokens_once (once_key) VALUES (?)");
    findKey = causal("SELECT once_key FROM counterfoil_tokens_once WHERE once_key = ?");
    findByOneHash = causal(findByHashes(1));
    findByName = causal(SELECT + "WHERE owner = ? AND name = ?");
    findById = causal(SELECT + "WHERE id = ?");
    findNamesake = causal(
        SELECT + "WHERE owner = (SELECT owner FROM counterfoil_tokens WHERE id = ?) AND name = ?");
    update = causal("""
        UPDATE counterfoil_tokens
        SET name = ?, name_folded = ?, description = ?, hash = ?, hash_tag = ?, previous_hash = ?, previous_hash_tag = ?,
          previous_until = ?, enabled = ?, scopes = ?, allowed_addresses = ?, renewed_at = ?, expires_at = ?,
          notice_after = ?, revision = revision + 1
        WHERE id = ? AND revision = ?
        """);
    String setDisabled =
        "UPDATE counterfoil_tokens SET enabled = ?, revision = revision + 1 WHERE ";
    disable = causal(setDisabled + "id = ?");
    disableAll = causal(inOrderOfIds(setDisabled, "enabled <> ?"));
    disableOwnedBy = causal(inOrderOfIds(setDisabled, "enabled <> ? AND owner = ? AND id > 0"));
    recordUse = on(table, """
        UPDATE counterfoil_tokens SET last_used_at = ?, last_used_from = ?
        WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ? OR last_used_at > ?)
        """);
    delete = causal("DELETE FROM counterfoil_tokens WHERE id = ?");
    deleteIfExpired = causal("DELETE FROM counterfoil_tokens WHERE id = ? AND expires_at < ?");
    deleteOwnedBy =
        causal(inOrderOfIds("DELETE FROM counterfoil_tokens WHERE ", "owner = ? AND id > 0"));
    expired = limited(
        "SELECT id FROM counterfoil_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?");
    deleteExpired = inOrderOfIds(
        "DELETE FROM counterfoil_tokens WHERE ",
        "expires_at < ? AND id IN (?" + ", ?".repeat(DELETE_BATCH - 1) + ')');
    changesTable = changesTable(table);
    onceTable = onceTable(table);
    readChanges = on(table, """
        SELECT changes, token_1, token_2, token_3, token_4, token_5, token_6, token_7, token_8
        FROM counterfoil_tokens_changes WHERE id = 1
        """);
    // The channel contains the oid of the table: other schemas may have a table with the same name.
    channel = on(table, """
        SELECT name, pg_catalog.pg_notify(name, '')
        FROM (SELECT 'counterfoil_' || CAST(CAST('counterfoil_tokens_changes' AS regclass) AS oid) AS name) AS channel
        """);
  }

  /**
   * Returns the query for tokens with one of several hashes as current or previous hash. Nearly every call has one hash. It
   * always gets the same string object, which caches of prepared statements compare fast.
   */
  String findByHash(int candidates) {
    return candidates == 1 ? findByOneHash : causal(findByHashes(candidates));
  }

  private String findByHashes(int candidates) {
    // Two lookups in indexes. With OR instead, some databases read the whole table.
    String lookups = SELECT + "WHERE hash = ? UNION ALL " + SELECT + "WHERE previous_hash = ?";
    return String.join(" UNION ALL ", Collections.nCopies(candidates, lookups));
  }

  /** Returns a query for tokens that {@link QuerySql} has made. */
  String query(String sql) {
    return causal(limited(sql));
  }

  /**
   * Makes a statement on Galera see all changes that were committed on other nodes before. Otherwise a node accepts a token after
   * its revocation on another node has returned, finds no token to revoke, or takes a deleted name for a duplicate. Reads need the
   * value 1, updates and deletes 2, inserts 4. With dirty reads, a read would not wait. The settings are in force for the statement
   * only.
   */
  private String causal(String sql) {
    return on(
        table,
        isGalera ? "SET STATEMENT wsrep_sync_wait = 7, wsrep_dirty_reads = 0 FOR " + sql : sql);
  }

  /** Returns the statement that adds changes to the table of changes. Its parameters are their tokens, the latest first. */
  String addChanges(int changes) {
    // Reads each column before it writes it: MySQL assigns from left to right.
    String shifted = IntStream.iterate(STORED_CHANGES, i -> i > 0, i -> i - 1)
        .mapToObj(i -> "token_" + i + " = " + (i > changes ? "token_" + (i - changes) : "?") + ", ")
        .collect(joining());
    return "UPDATE " + changesTable + " SET " + shifted + "changes = changes + " + changes
        + " WHERE id = 1";
  }

  /** Like {@link #addChanges}, and sends a notification on a channel, which is the last parameter. */
  String addChangesAndNotify(int changes) {
    return "WITH added AS (" + addChanges(changes) + ") SELECT pg_catalog.pg_notify(?, '')";
  }

  /**
   * Returns a change of several rows. All transactions lock the rows in ascending order of ids: otherwise two could deadlock.
   * PostgreSQL would lock them in the order in which it stores them. InnoDB reads them in order of ids, by the primary key or by
   * the index of owner and id. The others do not lock single rows, or end one of the two transactions; it is repeated if they
   * report that as SQLState 40001.
   */
  private String inOrderOfIds(String change, String condition) {
    return on(
        table,
        dialect == Dialect.POSTGRESQL
            ? change + "id IN (SELECT id FROM counterfoil_tokens WHERE " + condition
                + " ORDER BY id FOR UPDATE)"
            : change + condition);
  }

  /**
   * Returns the query for the incomplete indexes of a table: they leave out rows, they contain a column only by {@code INCLUDE},
   * or their creation failed.
   */
  Optional<String> incompleteIndexes() {
    return switch (dialect) {
      case POSTGRESQL -> Optional.of("""
          SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
          WHERE indrelid = to_regclass(?) AND (NOT indisvalid OR indpred IS NOT NULL OR indnkeyatts < indnatts)
          """);
      case SQLITE -> Optional.of("SELECT name FROM pragma_index_list(?) WHERE partial");
      case SQLSERVER ->
        Optional.of(
            "SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID(?) AND has_filter = 1");
      default -> Optional.empty();
    };
  }

  static String createIndex(String table, Index index) {
    return "CREATE " + (index.isUnique() ? "UNIQUE " : "") + "INDEX " + index.name() + " ON "
        + table + " (" + String.join(", ", index.columns()) + ')';
  }

  /** Returns the statement that gives a column its definition; empty if the database has no such statement. */
  Optional<String> changeColumn(String of, String column, String definition) {
    String type = definition.replaceFirst(" (NOT NULL|GENERATED).*", "");
    String clause = switch (dialect) {
      case POSTGRESQL -> "ALTER COLUMN " + column + " TYPE " + type;
      case MARIADB, MYSQL -> "MODIFY " + column + ' ' + definition;
      case H2, SQLSERVER -> "ALTER COLUMN " + column + ' ' + definition;
      case HSQLDB, DERBY -> "ALTER COLUMN " + column + " SET DATA TYPE " + type;
      case ORACLE -> "MODIFY " + column + ' ' + type;
      case SQLITE -> "";
    };
    return clause.isEmpty() ? Optional.empty() : Optional.of("ALTER TABLE " + of + ' ' + clause);
  }

  /** Returns the query that counts distinct texts by the rules of a column, without writing a row: UNION removes duplicates. */
  String countDistinct(String column, List<String> texts) {
    String literal = switch (dialect) {
      case HSQLDB -> " UNION VALUES ('%s')";
      case DERBY -> " UNION SELECT '%s' AS " + column + " FROM SYSIBM.SYSDUMMY1";
      case SQLSERVER -> " UNION SELECT N'%s'";
      case ORACLE -> " UNION SELECT '%s' FROM DUAL";
      default -> " UNION SELECT '%s'";
    };
    String union = texts.stream()
        .map(text -> String.format(Locale.ROOT, literal, text + dialect.terminator))
        .collect(joining());
    return "SELECT COUNT(" + column + ") FROM (SELECT " + column + " FROM " + table
        + " WHERE id < 0" + union + ") texts";
  }

  /** Subscribes to the channel that {@link #channel} returned. */
  static String listen(String channel) {
    return "LISTEN \"" + channel + '"';
  }

  static String unlisten(String channel) {
    return "UNLISTEN \"" + channel + '"';
  }

  /** Returns the column that an insert must return. By default, some drivers return the whole row. */
  String[] id() {
    return new String[] {dialect == Dialect.DERBY ? "ID" : "id"};
  }

  /** Replaces {@code LIMIT} by the standard's fetch first clause (ISO/IEC 9075-2) for databases or modes without {@code LIMIT}. */
  private String limited(String sql) {
    return on(
        table,
        switch (dialect) {
          case H2, DERBY, SQLSERVER, ORACLE ->
            sql.replaceAll("LIMIT (\\?|[0-9]+)", "OFFSET 0 ROWS FETCH NEXT $1 ROWS ONLY");
          default -> sql;
        });
  }

  /** Returns the name if it is valid. At most 40 characters keep the names of the indexes short enough for every database. */
  static String checkedTable(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table: " + table + " (expected: 1 to 40 of a-z, 0-9, _; a letter first)");
    }
    return table;
  }

  static String changesTable(String table) {
    return table + "_changes";
  }

  static String onceTable(String table) {
    return table + "_once";
  }

  /** Returns a query that returns no rows, for the metadata of its result. */
  static String noRows(String table) {
    return "SELECT * FROM " + table + " WHERE 1 = 0";
  }

  /** Replaces the default name of the table by a checked name. */
  static String on(String table, String sql) {
    return sql.replace(DEFAULT_TABLE, table);
  }
}
