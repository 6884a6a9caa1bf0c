package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testing.Effort;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  @ParameterizedTest // H5
  @MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
  void the_schema_is_created_once_and_the_result_says_whether_the_table_was_missing(
      Database database, boolean autoCommit) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), autoCommit)) {
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
      long id = new JdbcTokenStore(pool).insert(Samples.token("kept"));
      assertThat(JdbcTokenStore.createSchema(pool)).isFalse();
      assertThat(new JdbcTokenStore(pool).findById(id))
          .contains(Samples.token("kept").withId(id));
    }
  }

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void nodes_that_start_at_once_all_find_a_complete_schema(Database database) throws Exception {
    for (int round = 0; round < Effort.times(2); round++) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        Concurrently.run(8, () -> JdbcTokenStore.createSchema(pool));
        assertThat(new JdbcTokenStore(pool).insert(Samples.token("first"))).isPositive();
      }
    }
  }

  @ParameterizedTest // H5
  @EnumSource(Database.class)
  void nodes_that_complete_an_incomplete_schema_at_once_all_find_a_complete_one(Database database)
      throws Exception {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      for (int round = 0; round < Effort.times(2); round++) {
        String of = database == Database.MARIADB ? " ON counterfoil_tokens" : "";
        Sql.run(pool, "DROP INDEX counterfoil_tokens_owner_idx" + of);
        Sql.run(pool, "DROP INDEX counterfoil_tokens_expires_at_idx" + of);
        Concurrently.run(8, () -> assertThat(JdbcTokenStore.createSchema(pool)).isFalse());
        assertThatCode(() -> new JdbcTokenStore(pool)).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void tables_with_different_names_are_independent(Database database) {
    String longest = "t".repeat(40);
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      assertThat(JdbcTokenStore.createSchema(pool, longest)).isTrue();
      assertThat(JdbcTokenStore.createSchema(pool, longest)).isFalse();
      new JdbcTokenStore(pool, longest).insert(Samples.token("here"));
      assertThat(new JdbcTokenStore(pool, longest).list(TokenQuery.all(), 0, 10))
          .hasSize(1);
      assertThat(new JdbcTokenStore(pool).list(TokenQuery.all(), 0, 10)).isEmpty();
    }
  }

  @ParameterizedTest // "_" is a wildcard in DatabaseMetaData.getTables
  @EnumSource(Database.class)
  void a_table_with_a_similar_name_is_another_one(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool, "a1b");
      assertThat(JdbcTokenStore.createSchema(pool, "a_b")).isTrue();
    }
  }

  @ParameterizedTest // F10
  @ValueSource(
      strings = {
        "",
        "a; drop table counterfoil_tokens",
        "Tokens",
        "1a",
        "_a",
        "a-b",
        "a b",
        "a\"",
        "s.a",
        "é",
        "a\n"
      })
  void a_table_name_that_is_no_plain_identifier_is_rejected(String table) {
    DataSource untouched = null;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JdbcTokenStore(untouched, table))
        .withMessage("table: " + table + " (expected: 1 to 40 of a-z, 0-9, _; a letter first)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcTokenStore.createSchema(untouched, table));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JdbcTokenStore(untouched, "t".repeat(41)));
  }

  @ParameterizedTest // H2: by default, these databases lose acknowledged changes when they are
  // killed
  @CsvSource({
    "H2, ;WRITE_DELAY=0, ''",
    "H2, ;WRITE_DELAY=0, ;WRITE_DELAY=500",
    "H2, ;WRITE_DELAY=0, ;WRITE_DELAY=1",
    "HSQLDB, ;hsqldb.write_delay=false, ''",
    "HSQLDB, ;hsqldb.write_delay=false, ;hsqldb.write_delay_millis=100",
  })
  void a_database_that_writes_late_is_rejected(Database database, String good, String late) {
    String url = database.freshUrl();
    try (HikariDataSource pool = Database.open(url.replace(good, late), true)) {
      pool.setMaximumPoolSize(1); // the URL of another connection to H2 would undo the fix
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessageContaining(good.substring(1) + " in its URL");
      assertThat(Sql.hasTable(pool, Statements.DEFAULT_TABLE)).isFalse();
      String fix = database == Database.H2 ? "SET WRITE_DELAY 0" : "SET FILES WRITE DELAY FALSE";
      Sql.run(pool, fix);
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
      Sql.run(pool, database == Database.H2 ? "SET WRITE_DELAY 9" : "SET FILES WRITE DELAY 9");
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(pool))
          .withMessageContaining(fix);
    }
  }

  @Test // H2: it hides the setting from them
  void an_ordinary_user_of_hsqldb_is_not_rejected_if_it_writes_late() {
    String url = Database.HSQLDB.freshUrl();
    try (HikariDataSource pool = Database.open(url, true)) {
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, "CREATE USER clerk PASSWORD 'clerk'");
      Sql.run(pool, "GRANT ALL ON counterfoil_tokens TO clerk");
      Sql.run(pool, "GRANT ALL ON counterfoil_tokens_once TO clerk");
      Sql.run(pool, "SET FILES WRITE DELAY 9");
      try (HikariDataSource clerks = Database.open(url + ";user=CLERK;password=clerk", true)) {
        assertThatCode(() -> new JdbcTokenStore(clerks)).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:volatile", "jdbc:hsqldb:mem:volatile"})
  void a_database_in_memory_needs_no_durable_writes(String url) {
    try (HikariDataSource pool = Database.open(url, true)) {
      assertThat(JdbcTokenStore.createSchema(pool)).isTrue();
    }
  }

  @Test // F8
  void h2_compares_case_even_with_ignorecase() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl() + ";IGNORECASE=TRUE", true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      store.insert(Samples.token("panel"));
      store.insert(Samples.token("PANEL"));
      assertThat(store.list(
              TokenQuery.all().owner(Samples.token("panel").owner().toUpperCase(Locale.ROOT)),
              0,
              10))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_row_cannot_have_a_part_of_a_previous_hash(Database database) {
    DataSource pool = database.emptied(true);
    new JdbcTokenStore(pool).insert(Samples.token("n"));
    for (String part : List.of("previous_hash", "previous_hash_tag", "previous_until")) {
      assertThatThrownBy(() -> Sql.run(pool, "UPDATE counterfoil_tokens SET " + part + " = NULL"))
          .rootCause()
          .hasMessageMatching("(?is).*counterfoil_tokens_previous_check.*");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void an_unknown_database_is_rejected_by_name(Database database) {
    InstrumentedDataSource watched = new InstrumentedDataSource(database.emptied(true));
    watched.returnFrom("getDatabaseProductName", "Firebird");
    assertThatIllegalStateException()
        .isThrownBy(() -> JdbcTokenStore.createSchema(watched.dataSource()))
        .withMessageStartingWith("database: Firebird ")
        .withMessageEndingWith(" (expected: one of PostgreSQL, MariaDB, MySQL, H2, SQLite,"
            + " HSQL Database Engine, Apache Derby, Microsoft SQL Server, Oracle)");
    assertThat(watched.unclosed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_failure_to_complete_a_table_has_its_cause(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      String of = database == Database.MARIADB ? " ON counterfoil_tokens" : "";
      Sql.run(pool, "DROP INDEX counterfoil_tokens_owner_idx" + of);
      InstrumentedDataSource watched = new InstrumentedDataSource(pool);
      SQLException denied = new SQLException("permission denied", "42501");
      watched.failBefore("execute", denied);
      assertThatIllegalStateException()
          .isThrownBy(() -> JdbcTokenStore.createSchema(watched.dataSource()))
          .withMessageContaining("there is no index (owner, id)")
          .withCause(denied);
    }
  }

  @ParameterizedTest // for example after a deadlock
  @EnumSource(Database.class)
  void the_schema_is_complete_even_if_one_statement_fails_once(Database database) {
    int count = SchemaScript.schema(database.dialect(), Statements.DEFAULT_TABLE)
        .statements()
        .size();
    for (int statement = 1; statement <= count; statement++) {
      try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
        InstrumentedDataSource watched = new InstrumentedDataSource(pool);
        watched.failOnce("execute", statement, new SQLException("rolled back", "40001"));
        assertThat(JdbcTokenStore.createSchema(watched.dataSource())).isTrue();
        assertThat(Sql.rows(pool, "SELECT id FROM counterfoil_tokens_changes")).hasSize(1);
      }
    }
  }

  @ParameterizedTest // M8
  @EnumSource(Database.class)
  void a_missing_table_of_keys_is_created_beside_the_table_of_tokens(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      long id = new JdbcTokenStore(pool).insert(Samples.token("kept"));
      Sql.run(pool, "DROP TABLE counterfoil_tokens_once");
      assertThat(JdbcTokenStore.createSchema(pool)).isFalse();
      JdbcTokenStore store = new JdbcTokenStore(pool);
      assertThat(store.insertOnce("key", Samples.token("new"))).isPresent();
      assertThat(JdbcTokenStore.createSchema(pool)).isFalse();
      assertThat(store.isRecorded("key")).isTrue();
      assertThat(store.findById(id)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void without_a_table_of_changes_the_table_of_tokens_is_not_created(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      Sql.run(pool, "CREATE TABLE other (id INTEGER)");
      Sql.run(pool, "CREATE VIEW counterfoil_tokens_changes AS SELECT id FROM other");
      assertThatExceptionOfType(TokenStoreException.class)
          .isThrownBy(() -> JdbcTokenStore.createSchema(pool))
          .withMessage("the token store failed to create its schema");
      assertThat(Sql.hasTable(pool, Statements.DEFAULT_TABLE)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
  void a_failed_creation_returns_its_connection_as_it_was(Database database, boolean autoCommit) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), autoCommit)) {
      InstrumentedDataSource watched = new InstrumentedDataSource(pool);
      watched.failBefore("execute", new SQLException("permission denied"));
      assertThatExceptionOfType(TokenStoreException.class)
          .isThrownBy(() -> JdbcTokenStore.createSchema(watched.dataSource()))
          .withMessage("the token store failed to create its schema")
          .withCauseInstanceOf(SQLException.class);
      assertThat(watched.unclosed()).isEmpty();
      assertThat(watched.problems).isEmpty();
    }
  }
}
