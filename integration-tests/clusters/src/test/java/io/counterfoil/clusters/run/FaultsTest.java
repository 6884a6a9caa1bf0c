package io.counterfoil.clusters.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.clusters.servers.Sql;
import io.counterfoil.testing.Thorough;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault alone: it is repaired, and loses no acknowledged row. */
@RequiresPrograms({
  Requirement.SERVERS,
  Requirement.NAMESPACES,
  Requirement.POSTGRESQL,
  Requirement.PGBOUNCER
})
@Thorough
@Timeout(600)
class FaultsTest {

  @Test
  void each_fault_of_postgresql_with_failover_is_repaired_and_loses_no_acknowledged_row()
      throws Exception {
    try (PostgreSqlFailover cluster = PostgreSqlFailover.start()) {
      runEachFault(cluster);
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_fault_of_pgbouncer_is_repaired_and_loses_no_acknowledged_row(PgBouncer.Mode mode)
      throws Exception {
    try (PgBouncerPool cluster = PgBouncerPool.start(mode)) {
      runEachFault(cluster);
    }
  }

  private static void runEachFault(Cluster cluster) throws Exception {
    String url = cluster.url(cluster.hosts().get(0));
    Sql.execute(url, "CREATE TABLE t (id INT)");
    int rows = 0;
    for (Fault fault : cluster.faults()) {
      Sql.execute(url, "INSERT INTO t VALUES (1)");
      rows++;
      fault.begin();
      long begin = System.nanoTime();
      fault.end();
      cluster.awaitHealthy();
      Duration repair = Duration.ofNanos(System.nanoTime() - begin);
      System.err.printf(
          "%s: %s repaired after %.1f s%n",
          cluster.name(), fault.name(), repair.toMillis() / (double) TimeUnit.SECONDS.toMillis(1));
      assertThat(Sql.query(url, "SELECT COUNT(*) FROM t"))
          .as(fault.name())
          .isEqualTo(String.valueOf(rows));
    }
  }
}
