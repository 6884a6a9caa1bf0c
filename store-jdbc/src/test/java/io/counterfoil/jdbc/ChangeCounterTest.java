package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The counter by which one node notices the changes of another. */
@ParameterizedClass
@MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
class ChangeCounterTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int DEADLINE = 60;
  private static final SQLException BROKEN = new SQLException("the line is broken", "08006");

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private DataSource pool;
  private InstrumentedDataSource watched;
  private JdbcTokenStore store;
  private JdbcTokenStore watcher;
  private long id;

  @BeforeEach
  void fill() {
    pool = database.emptied(autoCommit);
    watched = new InstrumentedDataSource(pool);
    store = Samples.announcingAtOnce(watched.dataSource());
    watcher = Samples.announcingAtOnce(pool);
    refill();
  }

  private void refill() {
    watched.reset();
    database.emptied(autoCommit);
    id = store.insert(Samples.token("present"));
    watched.reset();
  }

  @Test
  void each_change_of_another_store_that_caches_must_notice_is_reported_once_and_no_other()
      throws Exception {
    for (Operation operation : Operation.values()) {
      refill();
      try (ChangeWatch watch = watcher.watch().orElseThrow()) {
        operation.on(store, id);
        assertThat(isReported(watch)).as("%s", operation).isEqualTo(operation.isAnnounced());
        assertThat(isReported(watch)).as("%s, again", operation).isFalse();
      }
    }
  }

  @Test
  void changes_of_single_tokens_are_reported_by_id_and_others_as_any_token() throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      long other = store.insert(Samples.token("other"));
      store.disable(id);
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, Set.of(id)));
      store.disable(other);
      for (int i = 0; i < 7; i++) {
        Samples.enable(store, id);
      }
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, Set.of(id, other)));
      for (int i = 0; i < 9; i++) {
        Samples.enable(store, id);
      }
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(true, Set.of(id)));
      Samples.enable(store, id);
      store.disableAll();
      Samples.enable(store, id);
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(true, Set.of(id)));
    }
  }

  @Test
  void a_counter_that_decreases_means_that_any_token_may_have_changed() throws Exception {
    store.disable(id);
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Sql.run(pool, "UPDATE counterfoil_tokens_changes SET changes = changes - 1");
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(Changed.ANY);
    }
  }

  @Test
  void a_change_without_effect_is_not_reported() throws Exception {
    store.delete(id);
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Stream.of(Operation.values())
          .filter(Operation::isAnnounced)
          .forEach(operation -> operation.on(store, id));
      store.deleteExpired(Instant.MIN, 10);
      assertThat(isReported(watch)).isFalse();
    }
  }

  @Test // H4
  void a_change_that_certainly_failed_is_not_reported() throws Exception {
    for (Operation operation : Operation.values()) {
      if (operation.isAnnounced()) {
        refill();
        List<StoredToken> before = watcher.list(TokenQuery.all(), 0, 10);
        try (ChangeWatch watch = watcher.watch().orElseThrow()) {
          watched.failBefore("executeUpdate", new SQLException("a constraint", "23514"));
          assertThatExceptionOfType(TokenStoreException.class)
              .isThrownBy(() -> operation.on(store, id));
          assertThat(isReported(watch)).isFalse();
          assertThat(watcher.list(TokenQuery.all(), 0, 10)).isEqualTo(before);
          assertThat(watched.problems).isEmpty();
        }
      }
    }
  }

  @Test // H4
  void a_committed_change_that_was_not_acknowledged_is_reported() throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      watched.failAfter("executeUpdate", BROKEN);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> store.disable(id));
      assertThat(isReported(watch)).isTrue();
      assertThat(watcher.findById(id)).map(StoredToken::enabled).contains(false);
    }
  }

  @Test
  void a_change_is_committed_and_its_connection_returned_before_it_is_announced() {
    store.disable(id);
    assertThat(watched.calls.stream()
            .filter(call -> call.startsWith("execute") || call.endsWith("Connection")))
        .containsExactly(
            "getConnection",
            "executeUpdate",
            "closeConnection",
            "getConnection",
            "execute",
            "closeConnection");
  }

  @Test
  void concurrent_changes_are_all_made_and_reported() throws Exception {
    Set<Long> ids = new ConcurrentSkipListSet<>();
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      JdbcTokenStore inBackground = new JdbcTokenStore(pool);
      Concurrently.run(4, () -> {
        long own = inBackground.insert(Samples.token(UUID.randomUUID().toString()));
        ids.add(own);
        for (int round = 0; round < 10; round++) {
          assertThat(round % 2 == 0 ? inBackground.disable(own) : Samples.enable(inBackground, own))
              .isTrue();
        }
      });
      Set<Long> reported = new HashSet<>();
      long end = System.nanoTime() + SECONDS.toNanos(DEADLINE);
      while (!reported.containsAll(ids) && System.nanoTime() - end < 0) {
        Changed changed = watch.awaitChange(Duration.ofMillis(10));
        reported.addAll(changed.any() ? ids : changed.ids());
      }
      assertThat(reported).containsAll(ids);
    }
  }

  @Test
  void a_wait_reads_one_row_and_holds_no_connection() throws Exception {
    watched.returnFrom("isWrapperFor", false); // so that PostgreSQL polls as well
    JdbcTokenStore asked = Samples.silent(watched.dataSource());
    try (ChangeWatch watch = asked.watch().orElseThrow()) {
      watched.reset();
      assertThat(watch.awaitChange(Duration.ofMillis(1))).isEqualTo(Changed.NONE);
      assertThat(Collections.frequency(watched.calls, "getConnection")).isEqualTo(1);
      assertThat(watched.calls.stream().filter(call -> call.startsWith("execute")))
          .containsExactly("executeQuery");
      assertThat(watched.unclosed()).isEmpty();
      assertThat(watched.problems).isEmpty();
    }
  }

  @Test
  void after_a_failure_the_next_call_reports_the_changes_before_it() throws Exception {
    try (ChangeWatch watch = store.watch().orElseThrow()) {
      watcher.disable(id);
      watched.failBefore("executeQuery", BROKEN);
      assertThatExceptionOfType(TokenStoreException.class).isThrownBy(() -> isReported(watch));
      watched.reset();
      assertThat(isReported(watch)).isTrue();
    }
  }

  @Test
  void a_closed_watch_throws() {
    ChangeWatch watch = watcher.watch().orElseThrow();
    watch.close();
    watch.close();
    assertThatIllegalStateException().isThrownBy(() -> isReported(watch));
  }

  @Test
  void closing_ends_a_wait() throws Exception {
    ChangeWatch watch = watcher.watch().orElseThrow();
    FutureTask<Changed> wait = waiting(watch);
    watch.close();
    try {
      assertThat(wait.get(DEADLINE, SECONDS)).isEqualTo(Changed.NONE);
    } catch (ExecutionException closedBefore) {
      assertThat(closedBefore).hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void an_interrupt_ends_a_wait_and_the_next_one_works() throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> watch.awaitChange(LONG));
      watcher.disable(id);
      assertThat(isReported(watch)).isTrue();
    }
  }

  private static FutureTask<Changed> waiting(ChangeWatch watch) {
    FutureTask<Changed> wait = new FutureTask<>(() -> watch.awaitChange(LONG));
    Thread thread = new Thread(wait);
    thread.setDaemon(true);
    thread.start();
    return wait;
  }

  @Test
  void a_table_without_a_change_counter_works_and_has_no_watch() {
    try (HikariDataSource other = Database.open(database.freshUrl(), autoCommit)) {
      JdbcTokenStore.createSchema(other);
      Sql.run(other, "DROP TABLE counterfoil_tokens_changes");
      InstrumentedDataSource watchedOther = new InstrumentedDataSource(other);
      JdbcTokenStore old = new JdbcTokenStore(watchedOther.dataSource());
      assertThat(old.watch()).isEmpty();
      long present = old.insert(Samples.token("present"));
      watchedOther.reset();
      assertThat(old.disable(present)).isTrue();
      assertThat(watchedOther.calls.stream().filter(call -> call.startsWith("execute")))
          .containsExactly("executeUpdate");
      assertThat(JdbcTokenStore.createSchema(other)).isFalse();
      assertThat(new JdbcTokenStore(other).watch()).isEmpty();
      runScript(other, "");
      assertThat(new JdbcTokenStore(other).watch()).isPresent();
    }
  }

  @Test
  void a_change_counter_without_its_row_does_not_work_until_the_script_adds_it() {
    try (HikariDataSource other = Database.open(database.freshUrl(), autoCommit)) {
      JdbcTokenStore.createSchema(other);
      Sql.run(other, "DELETE FROM counterfoil_tokens_changes");
      assertThat(new JdbcTokenStore(other).watch()).isEmpty();
      runScript(other, "INSERT");
      assertThat(new JdbcTokenStore(other).watch()).isPresent();
    }
  }

  /** Runs the statements of the schema script about the change counter that start with a word. */
  private void runScript(DataSource dataSource, String word) {
    Sql.run(
        dataSource,
        SchemaScript.schema(database.dialect(), Statements.DEFAULT_TABLE),
        sql -> sql.contains("counterfoil_tokens_changes") && sql.startsWith(word) ? sql : "");
  }

  @Test
  void another_table_with_the_name_of_the_change_counter_is_left_alone() {
    try (HikariDataSource other = Database.open(database.freshUrl(), autoCommit)) {
      JdbcTokenStore.createSchema(other);
      Sql.run(other, "DROP TABLE counterfoil_tokens_changes");
      Sql.run(other, "CREATE TABLE counterfoil_tokens_changes (other INTEGER)");
      JdbcTokenStore beside = new JdbcTokenStore(other);
      assertThat(beside.watch()).isEmpty();
      assertThat(beside.insert(Samples.token("n"))).isPositive();
      assertThat(beside.disableAll()).isEqualTo(1);
    }
  }

  private static boolean isReported(ChangeWatch watch) throws InterruptedException {
    return !watch.awaitChange(Duration.ZERO).isNone();
  }
}
