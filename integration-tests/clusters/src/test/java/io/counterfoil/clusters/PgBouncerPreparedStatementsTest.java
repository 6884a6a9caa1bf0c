package io.counterfoil.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.ChangeWatch;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.clusters.servers.Sql;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PgBouncer in transaction mode, with a URL that leaves prepared statements on, as it is by default. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL, Requirement.PGBOUNCER})
@Timeout(300)
class PgBouncerPreparedStatementsTest {
  /** The driver prepares a statement on the server when it runs for the fifth time. */
  private static final int CALLS = 10;

  private static final long ABSENT = 1_000;

  /** The driver numbers the statements of each connection from 1, so two connections use one name for different statements. */
  @Test
  void a_read_never_runs_a_statement_that_another_connection_has_prepared() throws Exception {
    try (PooledPostgreSql servers = PooledPostgreSql.start(PgBouncer.Mode.TRANSACTION);
        HikariDataSource first = open(servers);
        HikariDataSource second = open(servers);
        HikariDataSource third = open(servers);
        HikariDataSource direct = ContractStore.open(servers.directUrl())) {
      JdbcTokenStore.createSchema(direct);
      JdbcTokenStore reader = new JdbcTokenStore(first);
      JdbcTokenStore writer = new JdbcTokenStore(second);
      long id = create(reader);
      callOften(
          () -> reader.findById(ABSENT)); // prepares a query in the only process of the server
      try (Connection holder = third.getConnection()) {
        Sql.execute(
            holder, "BEGIN"); // needs that process; the driver's own BEGIN would have a name
        callOften(() -> writer.delete(ABSENT)); // prepares another statement in a second process
        assertThat(reader.findById(id)).isPresent(); // runs in the second process
        Sql.execute(holder, "ROLLBACK");
      }
      assertThat(new JdbcTokenStore(direct).findById(id)).isPresent();
    }
  }

  @Test
  void a_watch_sends_no_listen_since_another_connection_would_get_the_notifications()
      throws Exception {
    try (PooledPostgreSql servers = PooledPostgreSql.start(PgBouncer.Mode.TRANSACTION);
        HikariDataSource pool = open(servers)) {
      pool.setMaximumPoolSize(4); // a watch that listens needs two
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      try (ChangeWatch watch = store.watch().orElseThrow()) {
        watch.awaitChange(Duration.ofMillis(10));
        store.disable(create(store));
        store.close(); // announces the change
        assertThat(watch.awaitChange(Duration.ofMillis(10)).isNone()).isFalse();
        assertThat(channels(pool)).isZero();
      }
    }
  }

  /** Returns the number of channels on which the only process of the server listens. */
  private static long channels(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return Long.parseLong(Sql.query(connection, "SELECT COUNT(*) FROM pg_listening_channels()"));
    }
  }

  private static long create(JdbcTokenStore store) {
    try (TokenManager tokens = TokenManager.builder(store).recordNoUses().build()) {
      return tokens.create(NewToken.named("token").unrestricted()).token().id();
    }
  }

  private static HikariDataSource open(PooledPostgreSql servers) {
    HikariDataSource pool = ContractStore.open(servers.url());
    pool.setMaximumPoolSize(1);
    return pool;
  }

  private static void callOften(Runnable call) {
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
  }
}
