package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.Thorough;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresPrograms({
  Requirement.SERVERS,
  Requirement.NAMESPACES,
  Requirement.POSTGRESQL,
  Requirement.PGBOUNCER
})
class PgBouncerRunTest {
  @Thorough
  @ParameterizedTest
  @EnumSource
  void no_guarantee_is_broken_by_any_fault(PgBouncer.Mode mode) throws Exception {
    try (Cluster cluster = PgBouncerPool.start(mode)) {
      ClusterRun.requireNoViolation(cluster, RunSettings.of("pgbouncer-" + mode, 60));
    }
  }
}
