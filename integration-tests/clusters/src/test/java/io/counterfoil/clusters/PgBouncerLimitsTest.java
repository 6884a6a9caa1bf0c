package io.counterfoil.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens without the settings that PgBouncer needs in transaction mode. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL, Requirement.PGBOUNCER})
@Timeout(300)
class PgBouncerLimitsTest {
  /** The driver prepares a statement on the server when it runs for the fifth time. */
  private static final int CALLS = 10;

  private static final long ABSENT = 1_000;

  @Test
  void with_prepared_statements_in_transaction_mode_a_store_fails_and_names_the_setting()
      throws Exception {
    try (PooledPostgreSql servers = PooledPostgreSql.start(PgBouncer.Mode.TRANSACTION);
        HikariDataSource first = open(servers);
        HikariDataSource second = open(servers)) {
      JdbcTokenStore.createSchema(first);
      callOften(new JdbcTokenStore(first));
      assertThatExceptionOfType(TokenStoreException.class)
          .isThrownBy(() -> callOften(new JdbcTokenStore(second)))
          .withMessageContaining("fix: prepareThreshold=0 in the URL");
    }
  }

  /** The driver numbers the statements of each connection from 1, so two connections use one name for different statements. */
  @Test
  void with_prepared_statements_in_transaction_mode_a_read_may_delete_a_token() throws Exception {
    try (PooledPostgreSql servers = PooledPostgreSql.start(PgBouncer.Mode.TRANSACTION);
        HikariDataSource first = open(servers);
        HikariDataSource second = open(servers);
        HikariDataSource third = open(servers);
        HikariDataSource direct = ContractStore.open(servers.servers().url(servers.database()))) {
      JdbcTokenStore.createSchema(direct);
      JdbcTokenStore reader = new JdbcTokenStore(first);
      JdbcTokenStore writer = new JdbcTokenStore(second);
      long id = create(reader);
      callOften(reader); // prepares a query in the only process of the server
      try (Connection holder = third.getConnection()) {
        execute(holder, "BEGIN"); // needs that process; the driver's own BEGIN would have a name
        callOften(() -> writer.delete(ABSENT)); // prepares another statement in a second process
        assertThat(reader.findById(id)).isEmpty(); // runs in the second process
        execute(holder, "ROLLBACK");
      }
      assertThat(new JdbcTokenStore(direct).findById(id)).isEmpty();
    }
  }

  private static long create(JdbcTokenStore store) {
    try (TokenManager tokens = TokenManager.builder(store).recordNoUses().build()) {
      return tokens.create(NewToken.named("token").unrestricted()).token().id();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static HikariDataSource open(PooledPostgreSql servers) {
    String url = servers.pooler().urlWithPreparedStatements(servers.database());
    HikariDataSource pool = ContractStore.open(url);
    pool.setMaximumPoolSize(1);
    return pool;
  }

  private static void callOften(JdbcTokenStore store) {
    callOften(() -> store.findById(ABSENT));
  }

  private static void callOften(Runnable call) {
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
  }
}
