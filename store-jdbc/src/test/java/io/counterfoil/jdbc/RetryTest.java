package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failed calls are repeated. A change is repeated only if the database has certainly rolled it back. */
@Timeout(300)
class RetryTest {
  private InstrumentedDataSource watched;
  private JdbcTokenStore store;
  private long id;

  @BeforeEach
  void watch() {
    watched = new InstrumentedDataSource(Database.H2.emptied(true));
    store = Samples.silent(watched.dataSource());
    id = store.insert(Samples.token("present"));
    watched.reset();
  }

  static Stream<SQLException> rollbacks() {
    return Stream.of(
        new SQLException("chosen to give way", "40001"), // MySQL's error 1213 has this SQLState
        new SQLException("a deadlock, says PostgreSQL", "40P01"),
        new SQLException("read-only until the failover is over", "25006"));
  }

  static Stream<SQLException> transientFailures() {
    return Stream.of(
        new SQLException("lost", "08006"),
        new SQLException("was closed", "08003"),
        new SQLException("completion unknown", "40003"),
        new SQLException("shut down", "57P01"),
        new SQLException("broken, says H2", "90067"),
        new SQLRecoverableException("start over"));
  }

  static Stream<SQLException> permanentFailures() {
    return Stream.of(
        new SQLException("no such column", "42703"),
        new SQLException("took too long", "57014"),
        new SQLException("too many connections", "53300"),
        new SQLException("who knows"));
  }

  @ParameterizedTest
  @MethodSource("transientFailures")
  void a_read_is_retried_once_after_a_transient_failure(SQLException failure) {
    reads().forEach(read -> {
      watched.reset();
      watched.failOnce("executeQuery", failure);
      read.on(store, id);
      assertThat(connections()).isEqualTo(2);
      assertThat(watched.unclosed()).isEmpty();
    });
  }

  @Test // a closed connection does not even tell its type
  void a_read_behind_a_pooler_is_retried_if_its_connection_is_closed() {
    watched.failOnce("isWrapperFor", new SQLException("was closed", "08003"));
    Transactions pooled = Transactions.behindPooler(watched.dataSource());
    assertThat(pooled.<Boolean>read("read", connection -> true)).isTrue();
    assertThat(connections()).isEqualTo(2);
    assertThat(watched.unclosed()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transientFailures")
  void a_read_is_not_retried_twice(SQLException failure) {
    reads().forEach(read -> {
      watched.reset();
      watched.failBefore("executeQuery", failure);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> read.on(store, id));
      assertThat(connections()).isEqualTo(2);
    });
  }

  @ParameterizedTest
  @MethodSource("permanentFailures")
  void a_read_is_not_retried_after_a_permanent_failure(SQLException failure) {
    reads().forEach(read -> {
      watched.reset();
      watched.failBefore("executeQuery", failure);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> read.on(store, id));
      assertThat(connections()).isEqualTo(1);
    });
  }

  @ParameterizedTest // H4: it is unknown whether the change was made
  @MethodSource({"transientFailures", "permanentFailures"})
  void a_change_with_an_unknown_outcome_is_not_repeated(SQLException failure) {
    changes().forEach(change -> {
      watched.reset();
      failChangeOnce(failure);
      assertThatExceptionOfType(TokenStoreException.class)
          .as(change.name())
          .isThrownBy(() -> change.on(store, id));
      assertThat(attempts()).isEqualTo(1);
    });
    assertThat(store.list(TokenQuery.all(), 0, 10))
        .containsExactly(Samples.token("present").withId(id));
  }

  @ParameterizedTest // P8
  @MethodSource("rollbacks")
  void a_change_that_was_rolled_back_is_repeated(SQLException failure) {
    changes().forEach(change -> {
      store.deleteExpired(Instant.MAX, 10);
      id = store.insert(Samples.token("present"));
      List<StoredToken> before = store.list(TokenQuery.all(), 0, 10);
      watched.reset();
      failChangeOnce(failure);
      change.on(store, id);
      int statements = change == Operation.INSERT_ONCE ? 2 : 1;
      assertThat(attempts()).as(change.name()).isEqualTo(1 + statements);
      assertThat(store.list(TokenQuery.all(), 0, 10)).as(change.name()).isNotEqualTo(before);
      assertThat(watched.unclosed()).isEmpty();
      assertThat(watched.problems).isEmpty();
    });
  }

  @ParameterizedTest // P8
  @MethodSource("rollbacks")
  void a_transaction_whose_commit_was_rolled_back_is_repeated(SQLException failure) {
    watched.failOnce("commit", failure);
    Operation.RECORD_USES.on(store, id);
    assertThat(Collections.frequency(watched.calls, "commit")).isEqualTo(2);
    assertThat(store.list(TokenQuery.all(), 0, 10))
        .containsExactly(Samples.token("present").withId(id).used(Samples.use(9), Instant.MAX));
  }

  @Test // P8
  void a_call_that_is_rolled_back_again_and_again_fails_in_time() {
    SQLException failure = new SQLException("chosen to give way", "40001");
    watched.failBefore("executeUpdate", failure);
    long start = System.nanoTime();
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.disable(id))
        .withCause(failure);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    assertThat(attempts()).isBetween(3, 2_000);
  }

  @Test // P8
  void an_interrupted_thread_does_not_repeat_a_change() {
    watched.failBefore("executeUpdate", rollbacks().findFirst().orElseThrow());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> store.disable(id));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempts()).isEqualTo(1);
  }

  @ParameterizedTest // P8
  @MethodSource("rollbacks")
  void a_read_that_was_rolled_back_is_repeated(SQLException failure) {
    reads().forEach(read -> {
      watched.reset();
      watched.failOnce("executeQuery", failure);
      read.on(store, id);
      assertThat(connections()).isEqualTo(2);
    });
  }

  private static Stream<Operation> changes() {
    return Stream.of(Operation.values()).filter(Operation::changes);
  }

  private void failChangeOnce(SQLException failure) {
    watched.failOnce("executeUpdate", failure);
    watched.failOnce("executeBatch", failure);
  }

  private int attempts() {
    return Collections.frequency(watched.calls, "executeUpdate")
        + Collections.frequency(watched.calls, "executeBatch");
  }

  @ParameterizedTest // the victim of a deadlock may have waited for the row with the same name
  @ValueSource(
      strings = {"40001", "40P01", "40XL1"}) // the last one is Derby's, and is not repeated
  void an_insert_that_was_rolled_back_fails_as_a_duplicate_if_the_name_exists(String state) {
    watched.failOnce("executeUpdate", new SQLException("rolled back", state));
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
  }

  @ParameterizedTest // H4: the row with that name may be the inserted one
  @ValueSource(strings = {"40003", "08006", "57P01"})
  void an_insert_with_an_unknown_outcome_causes_a_store_exception(String state) {
    watched.failOnce("executeUpdate", new SQLException("who knows", state));
    assertThatExceptionOfType(TokenStoreException.class)
        .isThrownBy(() -> store.insert(Samples.token("present")));
  }

  @Test
  void a_pool_without_a_free_connection_is_not_asked_again() {
    watched.failBefore("getConnection", new SQLTransientConnectionException("none", "08001"));
    assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> store.findById(id));
    assertThat(connections()).isEqualTo(1);
  }

  @ParameterizedTest // the pool does not check a connection that was used a moment ago
  @CsvSource({
    "POSTGRESQL, SELECT pg_backend_pid(), SELECT pg_terminate_backend(?)",
    "MARIADB, SELECT CONNECTION_ID(), KILL ?",
  })
  void a_connection_that_the_server_closed_is_replaced(
      Database database, String number, String termination) {
    String url = database.freshUrl();
    try (HikariDataSource pool = single(url, config -> {});
        HikariDataSource other = single(url, config -> {})) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore real = new JdbcTokenStore(pool);
      StoredToken token = Samples.token("n");
      long storedId = real.insert(token);
      Object connection = Sql.rows(pool, number).get(0).get(0);
      Sql.execute(other, termination, connection);
      assertThat(real.findById(storedId)).contains(token.withId(storedId));
      Object next = Sql.rows(pool, number).get(0).get(0);
      assertThat(next).isNotEqualTo(connection);
      Sql.execute(other, termination, next);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> real.disable(storedId));
      assertThat(real.disable(storedId)).isTrue();
    }
  }

  @ParameterizedTest // I1
  @EnumSource(
      value = Database.class,
      names = {"POSTGRESQL", "SQLITE"})
  void an_exhausted_pool_causes_store_exceptions_and_no_change(Database database) throws Exception {
    try (HikariDataSource pool = single(database.freshUrl(), RetryTest::withShortTimeout)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore real = new JdbcTokenStore(pool);
      StoredToken token = Samples.token("present");
      long storedId = real.insert(token);
      try (var held = pool.getConnection()) {
        assertAllFail(Stream.of(Operation.values()), real, storedId);
        assertThat(held.isClosed()).isFalse();
      }
      assertThat(real.list(TokenQuery.all(), 0, 10)).containsExactly(token.withId(storedId));
    }
  }

  /** Runs all operations at the same time, because each of them may wait. */
  static void assertAllFail(Stream<Operation> operations, JdbcTokenStore store, long id)
      throws Exception {
    List<Callable<Void>> calls =
        operations.map(operation -> failing(() -> operation.on(store, id))).toList();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> failing(ThrowingCallable call) {
    return () -> {
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(call);
      return null;
    };
  }

  @ParameterizedTest // I1; H2's driver ignores the setting, and SQLite's rejects it
  @EnumSource(
      value = Database.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H2", "SQLITE"})
  void on_a_read_only_pool_reads_work_and_changes_cause_store_exceptions(Database database)
      throws Exception {
    String url = database.freshUrl();
    StoredToken token = Samples.token("present");
    try (HikariDataSource pool = single(url, config -> {});
        HikariDataSource readOnly = single(url, RetryTest::readOnly)) {
      JdbcTokenStore.createSchema(pool);
      long storedId = new JdbcTokenStore(pool).insert(token);
      JdbcTokenStore real = new JdbcTokenStore(readOnly);
      assertAllFail(changes(), real, storedId);
      reads().forEach(read -> read.on(real, storedId));
      assertThat(real.list(TokenQuery.all(), 0, 10)).isEqualTo(List.of(token.withId(storedId)));
    }
  }

  /** By default, PostgreSQL's driver enforces the setting in transactions of several statements only. */
  private static void readOnly(HikariConfig config) {
    config.setReadOnly(true);
    if (config.getJdbcUrl().startsWith("jdbc:postgresql:")) {
      config.addDataSourceProperty("readOnlyMode", "always");
    }
  }

  private static void withShortTimeout(HikariConfig config) {
    config.setConnectionTimeout(500);
    config.setInitializationFailTimeout(30_000);
  }

  private static Stream<Operation> reads() {
    return Stream.of(Operation.values()).filter(operation -> !operation.changes());
  }

  private int connections() {
    return Collections.frequency(watched.calls, "getConnection");
  }

  /** Opens a pool of one connection. */
  private static HikariDataSource single(String url, Consumer<HikariConfig> settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    settings.accept(config);
    return new HikariDataSource(config);
  }
}
