package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.counterfoil.testing.Effort;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL})
@Timeout(300)
class PostgreSqlClusterTest {
  private static final int FAILOVERS = Effort.times(1) == 1 ? 1 : 10;

  @Test
  void each_failover_keeps_all_acknowledged_changes_and_makes_the_old_primary_a_standby()
      throws Exception {
    try (PostgreSqlCluster cluster = PostgreSqlCluster.onLoopback()) {
      execute(cluster, "CREATE TABLE t (id INT)");
      for (int i = 1; i <= FAILOVERS; i++) {
        PostgreSqlNode old = cluster.primary();
        execute(cluster, "INSERT INTO t VALUES (" + i + ')');
        assertThatIllegalStateException().isThrownBy(cluster::promote);
        long begin = System.nanoTime();
        old.kill();
        cluster.failOver();
        Reports.time("failed over", begin);
        assertThat(cluster.primary()).isNotSameAs(old);
        assertThat(rows(cluster)).isEqualTo(i);
      }
    }
  }

  private static void execute(PostgreSqlCluster cluster, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(cluster.url("tokens"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(PostgreSqlCluster cluster) throws SQLException {
    try (Connection connection = DriverManager.getConnection(cluster.url("tokens"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
