package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.counterfoil.testing.Effort;
import io.counterfoil.testing.Thorough;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL})
@Timeout(300)
@Thorough
class PostgreSqlClusterTest {
  private static final int FAILOVERS = Effort.times(1) == 1 ? 1 : 10;

  @Test
  void each_failover_keeps_all_acknowledged_changes_and_makes_the_old_primary_a_standby()
      throws Exception {
    try (PostgreSqlCluster cluster = PostgreSqlCluster.onLoopback()) {
      Sql.execute(cluster.url("tokens"), "CREATE TABLE t (id INT)");
      for (int i = 1; i <= FAILOVERS; i++) {
        PostgreSqlNode old = cluster.primary();
        Sql.execute(cluster.url("tokens"), "INSERT INTO t VALUES (" + i + ')');
        assertThatIllegalStateException().isThrownBy(cluster::promote);
        long begin = System.nanoTime();
        old.kill();
        cluster.failOver();
        Reports.time("failed over", begin);
        assertThat(cluster.primary()).isNotSameAs(old);
        assertThat(Sql.query(cluster.url("tokens"), "SELECT COUNT(*) FROM t"))
            .isEqualTo(String.valueOf(i));
      }
    }
  }
}
