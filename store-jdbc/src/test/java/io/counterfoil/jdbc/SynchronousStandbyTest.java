package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A primary whose synchronous standby does not answer, and an operator who cancels the statements that wait for it. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SynchronousStandbyTest {
  private static final int TRIES = 500;
  private static final String CANCEL_WAITS = """
      SELECT pg_cancel_backend(pid) FROM pg_stat_activity
      WHERE wait_event = 'SyncRep' AND backend_type = 'client backend'
      """;

  @Test // H4: a failover to a standby without the change would undo a revocation that has returned
  void a_change_whose_wait_for_the_standby_was_canceled_fails_with_an_unknown_outcome()
      throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.start();
        HikariDataSource pool = Database.open(server.url("postgres"), true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = Samples.silent(pool);
      requireAbsentStandby(pool, store);
      for (Operation change : Operation.values()) {
        if (change.changes()) {
          long id = present(pool, store);
          assertThat(failure(pool, () -> change.on(store, id)))
              .as(change.name())
              .get()
              .isInstanceOfSatisfying(
                  TokenStoreException.class,
                  failure -> assertThat(failure)
                      .hasRootCauseMessage("the change is committed, but the wait for a synchronous"
                          + " standby was canceled, so a failover may undo it"));
        }
      }
      assertThat(store.count(TokenQuery.all())).isZero(); // the last change has deleted the token
    }
  }

  @Test // H4
  void a_store_whose_changes_do_not_wait_for_the_standby_is_logged() throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.start();
        HikariDataSource waiting = Database.open(server.url("postgres"), true);
        HikariDataSource local =
            Database.open(server.url("postgres") + "&options=-c%20synchronous_commit=local", true);
        HikariDataSource silent = Database.open(
            server.url("postgres") + "&options=-c%20client_min_messages=error", true)) {
      JdbcTokenStore.createSchema(local);
      String problem = "so a failover may undo them (fix: synchronous_commit=on)";
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(local))).doesNotContain(problem);
      requireAbsentStandby(waiting, Samples.silent(waiting));
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(local))).contains(problem);
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(waiting))).doesNotContain("WARN");
      assertThat(CapturedLog.of(() -> new JdbcTokenStore(silent)))
          .contains("(fix: client_min_messages=warning)");
    }
  }

  /** The server reads its settings in the background. */
  private static void requireAbsentStandby(HikariDataSource pool, JdbcTokenStore store)
      throws Exception {
    long id = store.insert(Samples.token("first"));
    Sql.execute(pool, "ALTER SYSTEM SET synchronous_standby_names = 'absent'");
    Sql.execute(pool, "SELECT pg_reload_conf()");
    for (int i = 0; failure(pool, () -> store.disable(id)).isEmpty(); i++) {
      assertThat(i).as("acknowledged changes without a standby").isLessThan(TRIES);
    }
  }

  private static long present(HikariDataSource pool, JdbcTokenStore store) throws Exception {
    failure(pool, () -> Sql.run(pool, "DELETE FROM counterfoil_tokens"));
    failure(pool, () -> store.insert(Samples.token("present")));
    return store.list(TokenQuery.all(), 0, 1).get(0).id();
  }

  /** Returns the exception of a change; empty if it returned. */
  private static Optional<Throwable> failure(HikariDataSource pool, Runnable change)
      throws Exception {
    CompletableFuture<Void> call = CompletableFuture.runAsync(change);
    while (!call.isDone()) {
      Sql.rows(pool, CANCEL_WAITS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    try {
      call.get();
      return Optional.empty();
    } catch (ExecutionException failure) {
      return Optional.of(failure.getCause());
    }
  }
}
