package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.CapturedLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How committed changes reach the watches of other nodes. */
class ChangeAnnouncerTest {
  private final Queue<Runnable> scheduled = new ArrayDeque<>();
  private InstrumentedDataSource watched;
  private JdbcTokenStore store;
  private JdbcTokenStore watcher;

  @BeforeEach
  void open() {
    DataSource pool = Database.H2.emptied(true);
    watched = new InstrumentedDataSource(pool);
    store = new JdbcTokenStore(
        new Schema(watched.dataSource(), Statements.DEFAULT_TABLE), scheduled::add);
    watcher = new JdbcTokenStore(pool);
    watched.reset();
  }

  @Test
  void changes_made_during_an_announcement_are_announced_together_in_one_statement()
      throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Set<Long> ids = disable(Statements.STORED_CHANGES);
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(Changed.NONE);
      assertThat(scheduled).hasSize(1);
      scheduled.remove().run();
      assertThat(Collections.frequency(watched.calls, "execute")).isEqualTo(1);
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, ids));
    }
  }

  @Test
  void too_many_changes_for_one_announcement_are_announced_as_a_change_of_any_token()
      throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      disable(Statements.STORED_CHANGES + 5);
      scheduled.remove().run();
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(Changed.ANY);
      assertThat(Collections.frequency(watched.calls, "execute")).isEqualTo(1);
    }
  }

  @Test
  void an_announcement_is_repeated_after_a_temporary_failure() throws Exception {
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Set<Long> ids = disable(1);
      watched.failOnce("execute", new SQLException("the line is broken", "08006"));
      String log = CapturedLog.of(scheduled.remove()::run);
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, ids));
      assertThat(log).isEmpty();
    }
  }

  @Test
  void a_permanent_failure_is_logged_once_and_the_change_is_kept() throws Exception {
    watched.failBefore("execute", new SQLException("no right", "42501"));
    String log = CapturedLog.of(() -> {
      disable(1);
      scheduled.remove().run();
      disable(1);
      scheduled.remove().run();
    });
    assertThat(log).containsOnlyOnce("could not be announced");
    assertThat(store.list(TokenQuery.all(), 0, 10)).hasSize(2).noneMatch(row -> row.enabled());
  }

  @Test
  void without_a_thread_a_change_is_made_and_announced_with_the_next_one() throws Exception {
    Queue<Runnable> accepted = new ArrayDeque<>();
    boolean[] refuses = {true};
    store = new JdbcTokenStore(
        new Schema(watched.dataSource(), Statements.DEFAULT_TABLE), announcement -> {
          if (refuses[0]) {
            throw new RejectedExecutionException();
          }
          accepted.add(announcement);
        });
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      Set<Long> ids = disable(1);
      refuses[0] = false;
      ids.addAll(disable(1));
      accepted.remove().run();
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, ids));
    }
  }

  @Test
  void the_thread_ends_when_it_is_idle_so_that_no_store_needs_to_be_closed() throws Exception {
    ThreadPoolExecutor thread = ChangeAnnouncer.thread();
    assertThat(thread.allowsCoreThreadTimeOut()).isTrue();
    assertThat(thread.submit(() -> Thread.currentThread().isDaemon()).get()).isTrue();
    thread.shutdown();
  }

  @Test
  void a_store_that_is_closed_has_announced_its_changes() throws Exception {
    DataSource pool = Database.H2.emptied(true);
    try (ChangeWatch watch = watcher.watch().orElseThrow()) {
      JdbcTokenStore closed = new JdbcTokenStore(pool);
      long id = closed.insert(Samples.token("closed"));
      closed.disable(id);
      closed.close();
      assertThat(watch.awaitChange(Duration.ZERO)).isEqualTo(new Changed(false, Set.of(id)));
      assertThat(Samples.enable(closed, id)).isTrue();
    }
  }

  /** Disables new tokens, and returns their ids. */
  private Set<Long> disable(int tokens) {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < tokens; i++) {
      long id = store.insert(
          Samples.token("token " + store.list(TokenQuery.all(), 0, 100).size()));
      assertThat(store.disable(id)).isTrue();
      ids.add(id);
    }
    return ids;
  }
}
