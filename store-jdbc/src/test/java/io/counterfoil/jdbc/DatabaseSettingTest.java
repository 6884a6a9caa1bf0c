package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.databases.MariaDb;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that lose acknowledged changes or return old data are refused; settings that only may do so are logged. */
class DatabaseSettingTest {
  private static final String LOSES = "its database loses acknowledged changes if it is killed";
  private static final String MAY_LOSE = "may lose acknowledged changes";

  @ParameterizedTest // H2
  @ValueSource(booleans = {true, false})
  void postgresql_that_answers_before_it_writes_is_refused(boolean autoCommit) {
    String url = Database.POSTGRESQL.freshUrl();
    try (HikariDataSource pool = Database.open(url + synchronousCommit("off"), autoCommit)) {
      String problem = "table counterfoil_tokens: " + LOSES + " (fix: synchronous_commit=on)";
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessage(problem);
      assertThat(Sql.hasTable(pool, Statements.DEFAULT_TABLE)).isFalse();
      try (HikariDataSource safe = Database.open(url, true)) {
        JdbcTokenStore.createSchema(safe);
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessage(problem);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "remote_write", "on", "remote_apply"})
  void postgresql_that_writes_before_it_answers_is_accepted(String level) {
    String url = Database.POSTGRESQL.freshUrl() + synchronousCommit(level);
    try (HikariDataSource pool = Database.open(url, true)) {
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest // https://sqlite.org/pragma.html: a crash in a transaction damages the file
  @ValueSource(strings = {"OFF", "MEMORY"})
  void sqlite_without_a_journal_in_a_file_is_refused(String mode) {
    String url = Database.SQLITE.freshUrl().replace("WAL", mode);
    try (HikariDataSource pool = Database.open(url, true)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageContaining(LOSES + " (fix: journal_mode=WAL in its URL)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
  void sqlite_with_a_journal_in_a_file_is_accepted(String mode) {
    String url = Database.SQLITE.freshUrl().replace("WAL", mode);
    assertThat(logOfNewStore(url)).doesNotContain("WARN");
  }

  @Test
  void sqlite_in_memory_needs_no_journal() {
    try (HikariDataSource pool = Database.open("jdbc:sqlite::memory:", true)) {
      pool.setMaximumPoolSize(1);
      JdbcTokenStore.createSchema(pool);
      assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, ?user, ?options=-c%20synchronous_commit=off&user",
    "H2, WRITE_DELAY=0, WRITE_DELAY=500",
    "HSQLDB, hsqldb.write_delay=false, hsqldb.write_delay=true",
    "SQLITE, journal_mode=WAL, journal_mode=MEMORY",
  })
  void an_application_can_accept_unsafe_settings_and_the_log_names_them(
      Database database, String safe, String unsafe) {
    String url = database.freshUrl().replace(safe, unsafe);
    try (HikariDataSource pool = Database.open(url, true)) {
      DataSource accepted = JdbcTokenStore.acceptingUnsafeSettings(pool);
      assertThat(JdbcTokenStore.migrateSchema(accepted)).isFalse();
      assertThat(JdbcTokenStore.createSchema(accepted)).isTrue();
      Schema version2 = new Schema(
          accepted,
          new Statements(database.dialect(), Statements.DEFAULT_TABLE),
          List.of("made_up"));
      assertThat(version2.migrate()).isTrue();
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(accepted).insert(Samples.token("n"))))
          .contains("WARN", LOSES);
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessageContaining(LOSES);
    }
  }

  @Test
  void a_migration_of_a_database_with_unsafe_settings_changes_nothing() {
    String url = Database.H2.freshUrl();
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "SET WRITE_DELAY 9");
      Schema version2 = new Schema(
          pool, new Statements(Dialect.H2, Statements.DEFAULT_TABLE), List.of("made_up"));
      assertThatIllegalStateException().isThrownBy(version2::migrate).withMessageContaining(LOSES);
      assertThat(Sql.rows(
              pool, "SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE COLUMN_NAME = 'MADE_UP'"))
          .isEmpty();
    }
  }

  @Test
  void accepted_settings_do_not_hide_the_problems_of_the_table() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "DROP INDEX counterfoil_tokens_owner_idx");
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(JdbcTokenStore.acceptingUnsafeSettings(pool)))
          .withMessageContaining("there is no index (owner, id)");
    }
  }

  @Test
  void an_accepting_data_source_passes_calls_on_and_hides_the_password() throws Exception {
    try (HikariDataSource pool = Database.open("jdbc:h2:mem:passed-on;PASSWORD=secret", true)) {
      DataSource accepted = JdbcTokenStore.acceptingUnsafeSettings(pool);
      accepted.setLoginTimeout(3);
      assertThat(accepted.getLoginTimeout()).isEqualTo(3);
      assertThat(accepted.isWrapperFor(HikariDataSource.class)).isTrue();
      assertThat(accepted.unwrap(HikariDataSource.class)).isSameAs(pool);
      assertThat(accepted).hasToString("UnsafeSettingsAccepted[****]");
    }
  }

  @Test // the server of the build has innodb_flush_log_at_trx_commit=2
  void mariadb_that_does_not_sync_each_commit_is_logged() {
    assertThat(logOfNewStore(MariaDb.freshUrl()))
        .contains("WARN", MAY_LOSE, "fix: innodb_flush_log_at_trx_commit=1");
  }

  @Test // the server of the build has fsync=off
  void postgresql_that_does_not_sync_is_logged() {
    assertThat(logOfNewStore(Database.POSTGRESQL.freshUrl()))
        .contains("WARN", MAY_LOSE, "fix: fsync=on");
  }

  @ParameterizedTest // H3
  @ValueSource(strings = {"OFF", "NORMAL"})
  void sqlite_that_does_not_sync_each_commit_is_logged(String level) {
    assertThat(logOfNewStore(Database.SQLITE.freshUrl().replace("FULL", level)))
        .contains("WARN", MAY_LOSE, "fix: synchronous=FULL in its URL");
  }

  @Test
  void a_store_returns_the_warnings_that_it_has_logged() {
    String url = Database.SQLITE.freshUrl();
    try (HikariDataSource pool = Database.open(url, true);
        HikariDataSource risky = Database.open(url.replace("FULL", "OFF"), true)) {
      JdbcTokenStore.createSchema(pool);
      assertThat(new JdbcTokenStore(pool).warnings()).isEmpty();
      assertThat(new JdbcTokenStore(risky).warnings())
          .containsExactly("table counterfoil_tokens: its database " + MAY_LOSE
              + " if the machine crashes (fix: synchronous=FULL in its URL)");
    }
  }

  @Test
  void a_read_only_connection_is_logged_and_not_refused() {
    String url = Database.POSTGRESQL.freshUrl();
    try (HikariDataSource writer = Database.open(url, true);
        HikariDataSource reader =
            Database.open(url + "&options=-c%20default_transaction_read_only=on", true)) {
      JdbcTokenStore.createSchema(writer);
      assertThat(JdbcTokenStore.createSchema(reader)).isFalse();
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(reader))).contains("is read-only now");
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(writer))).doesNotContain("read-only");
    }
  }

  @Test
  void a_read_only_mariadb_is_logged_and_not_refused() {
    try (HikariDataSource pool = Database.open(MariaDb.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(pool))).doesNotContain("read-only");
      Sql.execute(pool, "SET GLOBAL read_only = ON");
      try {
        assertThat(CapturedLog.of(() -> new JdbcTokenStore(pool))).contains("is read-only now");
      } finally {
        Sql.execute(pool, "SET GLOBAL read_only = OFF");
      }
    }
  }

  private static String synchronousCommit(String level) {
    return "&options=-c%20synchronous_commit=" + level;
  }

  /** Returns the log of a store on a new database. */
  static String logOfNewStore(String url) {
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      return CapturedLog.of(() -> new JdbcTokenStore(pool));
    }
  }
}
