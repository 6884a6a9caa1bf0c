package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.Thorough;
import org.junit.jupiter.api.Test;

@RequiresPrograms({Requirement.SERVERS, Requirement.NAMESPACES, Requirement.POSTGRESQL})
class PostgreSqlFailoverRunTest {
  @Test
  void no_guarantee_is_broken_while_a_standby_is_promoted() throws Exception {
    RunSettings settings = RunSettings.of("postgresql-promotion", 5)
        .only(fault -> fault.name().equals(PostgreSqlFailover.KILL_AND_FAIL_OVER));
    try (Cluster cluster = PostgreSqlFailover.start()) {
      ClusterRun.requireNoViolation(cluster, settings);
    }
  }

  @Thorough
  @Test
  void no_guarantee_is_broken_by_any_fault() throws Exception {
    try (Cluster cluster = PostgreSqlFailover.start()) {
      ClusterRun.requireNoViolation(cluster, RunSettings.of("postgresql-failover", 60));
    }
  }
}
