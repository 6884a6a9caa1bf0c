package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A setting of a database or of its connections that is wrong if the query returns a row.
 *
 * @param query a query without parameters
 */
record DatabaseSetting(String query, String problem, String fix) {
  private static final String LOSES = "its database loses acknowledged changes if it is killed";
  private static final String MAY_LOSE =
      "its database may lose acknowledged changes if the machine crashes";
  private static final String READ_ONLY =
      "its database is read-only now: changes fail, and it may return old data";

  static final String H2_ASYNC = "jdbc:h2:async: instead of jdbc:h2: in its URL";

  static final String LOOSE = "compares texts loosely, or cannot hold all characters";

  /**
   * Returns the settings that a store refuses. With them, a database loses acknowledged changes when its process is killed, or
   * returns old data although it accepts changes.
   */
  static List<DatabaseSetting> unsafe(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
        List.of(new DatabaseSetting(
            "SELECT 1 WHERE current_setting('synchronous_commit', true) = 'off'",
            LOSES,
            "synchronous_commit=on"));
      case MYSQL -> // for MariaDB, the store makes its own statements wait
        List.of(new DatabaseSetting(
            "SELECT 1 FROM DUAL WHERE @@wsrep_on AND (@@wsrep_sync_wait & 3) <> 3",
            "its node of a Galera cluster may return data from before a change of another node",
            "sessionVariables=wsrep_sync_wait=7 in its URL, or SET GLOBAL wsrep_sync_wait = 7"));
      case H2 ->
        List.of(new DatabaseSetting("""
          SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS
          WHERE SETTING_NAME = 'WRITE_DELAY' AND SETTING_VALUE <> '0' AND DATABASE_PATH() IS NOT NULL
          """, LOSES, "WRITE_DELAY=0 in its URL, or SET WRITE_DELAY 0"));
      case SQLITE -> // a half-written transaction cannot be rolled back, and damages the file
        List.of(new DatabaseSetting("""
          SELECT 1 FROM pragma_journal_mode, pragma_database_list
          WHERE journal_mode IN ('off', 'memory') AND name = 'main' AND file <> ''
          """, LOSES, "journal_mode=WAL in its URL"));
      case HSQLDB ->
        List.of(new DatabaseSetting(
            """
          SELECT 1
          FROM INFORMATION_SCHEMA.SYSTEM_PROPERTIES AS delay, INFORMATION_SCHEMA.SYSTEM_PROPERTIES AS file
          WHERE delay.PROPERTY_NAME = 'hsqldb.write_delay_millis' AND delay.PROPERTY_VALUE <> '0'
            AND file.PROPERTY_NAME = 'hsqldb.temp_directory' AND file.PROPERTY_VALUE <> 'null'
          """, LOSES, "hsqldb.write_delay=false in its URL, or SET FILES WRITE DELAY FALSE"));
      default -> List.of();
    };
  }

  /**
   * Returns the settings that a store reports in the log. Acknowledged changes survive if the process of the database is killed,
   * but not a power failure; or the database works, but calls will fail.
   */
  static List<DatabaseSetting> risky(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
        List.of(
            new DatabaseSetting(
                "SELECT 1 WHERE current_setting('fsync', true) = 'off'", MAY_LOSE, "fsync=on"),
            new DatabaseSetting(
                """
                SELECT 1 WHERE current_setting('synchronous_standby_names', true) <> ''
                  AND current_setting('synchronous_commit', true) IN ('local', 'remote_write')
                """,
                "its changes do not wait until a synchronous standby has written them, so a failover may undo them",
                "synchronous_commit=on"),
            new DatabaseSetting(
                """
                SELECT 1 WHERE current_setting('synchronous_standby_names', true) <> ''
                  AND current_setting('client_min_messages', true) = 'error'
                """,
                "it hides the warning that a synchronous standby did not confirm a change",
                "client_min_messages=warning"),
            new DatabaseSetting(
                "SELECT 1 WHERE pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'",
                READ_ONLY,
                "the URL of the primary"));
      case MARIADB, MYSQL -> // also 0: on clusters, the other nodes keep the change
        List.of(
            new DatabaseSetting(
                "SHOW GLOBAL VARIABLES WHERE Variable_name = 'innodb_flush_log_at_trx_commit' AND Value <> '1'",
                "its database may lose acknowledged changes if the server or the machine crashes",
                "innodb_flush_log_at_trx_commit=1"),
            new DatabaseSetting(
                "SELECT 1 FROM DUAL WHERE @@GLOBAL.log_bin AND @@GLOBAL.sync_binlog <> 1",
                MAY_LOSE,
                "sync_binlog=1"),
            new DatabaseSetting(
                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'innodb_read_only') AND Value <> 'OFF'",
                READ_ONLY,
                "the URL of the primary"));
      case H2 ->
        List.of(new DatabaseSetting(
            """
          SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS
          WHERE SESSION_ID = SESSION_ID() AND CLIENT_ADDR IS NULL AND DATABASE_PATH() IS NOT NULL
            AND NOT REGEXP_LIKE(DATABASE_PATH(), '(^|:)(async|retry|[a-z]*mem[a-z]*):', 'i')
          """, "an interrupted thread closes its file, and then every call fails", H2_ASYNC));
      case SQLITE -> List.of(new DatabaseSetting("""
          SELECT 1 FROM pragma_synchronous, pragma_database_list
          WHERE synchronous < 2 AND name = 'main' AND file <> ''
          """, MAY_LOSE, "synchronous=FULL in its URL"));
      default -> List.of();
    };
  }

  /**
   * Returns the setting that makes the whole database compare texts loosely, or reject some of them, regardless of the definition
   * of the column.
   */
  static Optional<DatabaseSetting> looseComparison(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
        Optional.of(new DatabaseSetting(
            "SELECT 1 WHERE current_setting('server_encoding') <> 'UTF8'",
            LOOSE,
            "a database created with ENCODING 'UTF8'"));
      case H2 ->
        Optional.of(new DatabaseSetting(
            """
          SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS
          WHERE SETTING_NAME = 'MODE' AND SETTING_VALUE = 'Oracle'
            OR SETTING_NAME = 'COLLATION' AND SETTING_VALUE <> 'OFF'
          """,
            LOOSE,
            "another MODE than Oracle in its URL, or a database created without COLLATION"));
      case DERBY ->
        Optional.of(new DatabaseSetting(
            "VALUES 1", LOOSE, "a database created without collation=TERRITORY_BASED in its URL"));
      case ORACLE ->
        Optional.of(new DatabaseSetting(
            "SELECT 1 FROM DUAL", LOOSE, "ALTER SESSION SET NLS_COMP = BINARY"));
      default -> Optional.empty();
    };
  }

  /** Returns whether the setting is wrong. A database that imitates another one may lack it, and then rejects the query. */
  boolean isWrong(Connection connection) throws SQLException {
    return Queries.first(connection, query).isPresent();
  }
}
