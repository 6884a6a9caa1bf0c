package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.testing.databases.MariaDb;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The statements for nodes of a Galera cluster, run on a MariaDB server without a cluster. */
class GaleraStatementsTest {
  private static final String CAUSAL =
      "SET STATEMENT wsrep_sync_wait = 7, wsrep_dirty_reads = 0 FOR ";

  @Test // P11
  void each_statement_that_decides_about_a_token_waits_for_the_changes_of_other_nodes() {
    Statements sql = new Statements(Dialect.MARIADB, Statements.DEFAULT_TABLE, true);
    assertThat(Stream.of(
            sql.insert,
            sql.insertKey,
            sql.findKey,
            sql.findByHash(1),
            sql.findByHash(3),
            sql.findById,
            sql.findByName,
            new QuerySql(sql, TokenQuery.all()).list(),
            new QuerySql(sql, TokenQuery.all().enabled(true)).list(),
            new QuerySql(sql, TokenQuery.all().expiresBy(Instant.MAX)).list(),
            new QuerySql(sql, TokenQuery.all().expiresBy(Instant.MAX)).listNear(),
            new QuerySql(sql, TokenQuery.all()).count(),
            sql.findNamesake,
            sql.update,
            sql.disable,
            sql.disableAll,
            sql.disableOwnedBy,
            sql.delete,
            sql.deleteIfExpired,
            sql.deleteOwnedBy))
        .allSatisfy(statement -> assertThat(statement).startsWith(CAUSAL).containsOnlyOnce(CAUSAL));
  }

  @Test
  void a_server_without_a_cluster_is_not_a_node() throws Exception {
    try (HikariDataSource pool = Database.open(MariaDb.freshUrl(), true);
        Connection connection = pool.getConnection()) {
      assertThat(Dialect.isGalera(connection)).isFalse();
    }
  }

  @Test
  void the_statements_work_and_leave_no_setting_on_the_connection() {
    try (HikariDataSource pool = Database.open(MariaDb.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(
          new Schema(
              pool, new Statements(Dialect.MARIADB, Statements.DEFAULT_TABLE, true), List.of()),
          Runnable::run);
      for (Operation operation : Operation.values()) {
        store.deleteOwnedBy("owner of new");
        store.deleteOwnedBy("owner of present");
        StoredToken before = Samples.token("present");
        before = before.withId(store.insert(before));
        operation.on(store, before.id());
        if (operation.changes()) {
          assertThat(store.list(TokenQuery.all(), 0, 10))
              .as("%s", operation)
              .isNotEqualTo(List.of(before));
        }
      }
      assertThat(Sql.rows(pool, "SELECT CONCAT(@@wsrep_sync_wait, ' ', @@wsrep_dirty_reads)"))
          .isEqualTo(List.of(List.of("0 OFF")));
    }
  }
}
