package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried once more, and what never is. */
class RetryTest {
  private WatchedDataSource watched;
  private JdbcTokenStore store;
  private long id;

  @BeforeEach
  void watch() {
    watched = new WatchedDataSource(Database.H2.emptied(true));
    store = new JdbcTokenStore(watched.dataSource());
    id = store.insert(Samples.token("present"));
    watched.forget();
  }

  static Stream<SQLException> passing() {
    return Stream.of(
        new SQLException("lost", "08006"),
        new SQLException("was closed", "08003"),
        new SQLException("chosen to give way", "40001"),
        new SQLException("shut down", "57P01"),
        new SQLException("broken, says H2", "90067"),
        new SQLRecoverableException("start over"));
  }

  static Stream<SQLException> lasting() {
    return Stream.of(
        new SQLException("no such column", "42703"),
        new SQLException("took too long", "57014"),
        new SQLException("too many connections", "53300"),
        new SQLException("who knows"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void a_read_is_tried_once_more_after_a_failure_that_passes(SQLException failure) {
    reads().forEach(read -> {
      watched.forget();
      watched.failOnce("executeQuery", failure);
      read.on(store, id);
      assertThat(tries()).isEqualTo(2);
      assertThat(watched.unclosed()).isEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("passing")
  void a_read_is_not_tried_a_third_time(SQLException failure) {
    reads().forEach(read -> {
      watched.forget();
      watched.failBefore("executeQuery", failure);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> read.on(store, id));
      assertThat(tries()).isEqualTo(2);
    });
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void a_read_is_not_tried_again_after_a_failure_that_lasts(SQLException failure) {
    reads().forEach(read -> {
      watched.forget();
      watched.failBefore("executeQuery", failure);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> read.on(store, id));
      assertThat(tries()).isEqualTo(1);
    });
  }

  @ParameterizedTest // H4: whether it was made, nobody knows
  @MethodSource("passing")
  void a_change_is_never_tried_again(SQLException failure) {
    Stream.of(Operation.values()).filter(Operation::changes).forEach(change -> {
      watched.forget();
      watched.failOnce("executeUpdate", failure);
      watched.failOnce("executeBatch", failure);
      assertThatExceptionOfType(TokenStoreException.class)
          .as(change.name())
          .isThrownBy(() -> change.on(store, id));
      assertThat(Collections.frequency(watched.calls, "executeUpdate")
              + Collections.frequency(watched.calls, "executeBatch"))
          .isEqualTo(1);
    });
    assertThat(store.list(0, 10)).containsExactly(Samples.token("present").withId(id));
  }

  @ParameterizedTest // a transaction that waits for the one that has the name may be chosen to give
  // way
  @ValueSource(strings = {"40001", "40P01", "40XL1"})
  void an_insert_that_was_rolled_back_is_refused_if_the_name_is_taken(String state) {
    watched.failOnce("executeUpdate", new SQLException("rolled back", state));
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
  }

  @ParameterizedTest // H4: the row of that name may be the one that was to be added
  @ValueSource(strings = {"40003", "08006", "57P01"})
  void an_insert_of_which_nobody_knows_is_a_failure_of_the_store(String state) {
    watched.failOnce("executeUpdate", new SQLException("who knows", state));
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
  }

  @Test
  void a_pool_that_has_no_connection_to_give_is_not_asked_again() {
    watched.failBefore("getConnection", new SQLTransientConnectionException("none", "08001"));
    assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> store.findById(id));
    assertThat(tries()).isEqualTo(1);
  }

  @ParameterizedTest // the pool does not look at what it gave out a moment ago
  @CsvSource({
    "POSTGRESQL, SELECT pg_backend_pid(), SELECT pg_terminate_backend(?)",
    "MARIADB, SELECT CONNECTION_ID(), KILL ?",
  })
  void a_connection_that_the_server_has_ended_is_replaced(
      Database database, String number, String ending) {
    String url = database.freshUrl();
    try (HikariDataSource pool = single(url, config -> {});
        HikariDataSource other = single(url, config -> {})) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore real = new JdbcTokenStore(pool);
      StoredToken token = Samples.token("n");
      long given = real.insert(token);
      Object connection = Sql.rows(pool, number).get(0).get(0);
      Sql.execute(other, ending, connection);
      assertThat(real.findById(given)).contains(token.withId(given));
      Object next = Sql.rows(pool, number).get(0).get(0);
      assertThat(next).isNotEqualTo(connection);
      Sql.execute(other, ending, next);
      assertThatExceptionOfType(TokenStoreException.class)
          .isThrownBy(() -> real.setEnabled(given, false));
      assertThat(real.setEnabled(given, false)).isTrue();
    }
  }

  @ParameterizedTest // I1
  @EnumSource(
      value = Database.class,
      names = {"POSTGRESQL", "SQLITE"})
  void an_exhausted_pool_is_a_failure_of_the_store_and_changes_nothing(Database database)
      throws SQLException {
    try (HikariDataSource pool = single(database.freshUrl(), RetryTest::impatient)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore real = new JdbcTokenStore(pool);
      StoredToken token = Samples.token("present");
      long given = real.insert(token);
      try (var held = pool.getConnection()) {
        for (Operation operation : Operation.values()) {
          assertThatExceptionOfType(TokenStoreException.class)
              .isThrownBy(() -> operation.on(real, given));
        }
        assertThat(held.isClosed()).isFalse();
      }
      assertThat(real.list(0, 10)).containsExactly(token.withId(given));
    }
  }

  @ParameterizedTest // I1; H2's driver takes no notice of it, SQLite's does not let a pool ask
  @EnumSource(
      value = Database.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H2", "SQLITE"})
  void on_a_pool_that_is_read_only_reads_work_and_changes_are_failures(Database database) {
    String url = database.freshUrl();
    StoredToken token = Samples.token("present");
    try (HikariDataSource pool = single(url, config -> {});
        HikariDataSource readOnly = single(url, RetryTest::readOnly)) {
      JdbcTokenStore.createSchema(pool);
      long given = new JdbcTokenStore(pool).insert(token);
      JdbcTokenStore real = new JdbcTokenStore(readOnly);
      for (Operation operation : Operation.values()) {
        if (operation.changes()) {
          assertThatExceptionOfType(TokenStoreException.class)
              .as(operation.name())
              .isThrownBy(() -> operation.on(real, given));
        } else {
          operation.on(real, given);
        }
      }
      assertThat(real.list(0, 10)).isEqualTo(List.of(token.withId(given)));
    }
  }

  /** PostgreSQL's driver holds to it in transactions only, if it is not told otherwise. */
  private static void readOnly(HikariConfig config) {
    config.setReadOnly(true);
    config.setAutoCommit(false);
  }

  private static void impatient(HikariConfig config) {
    config.setConnectionTimeout(500);
    config.setInitializationFailTimeout(30_000);
  }

  private static Stream<Operation> reads() {
    return Stream.of(Operation.values()).filter(operation -> !operation.changes());
  }

  private int tries() {
    return Collections.frequency(watched.calls, "getConnection");
  }

  /** A pool of one connection. */
  private static HikariDataSource single(
      String url, java.util.function.Consumer<HikariConfig> settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    settings.accept(config);
    return new HikariDataSource(config);
  }
}
