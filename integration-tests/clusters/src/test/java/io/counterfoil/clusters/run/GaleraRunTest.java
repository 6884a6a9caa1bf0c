package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.Thorough;
import org.junit.jupiter.api.Test;

@RequiresPrograms({
  Requirement.SERVERS,
  Requirement.NAMESPACES,
  Requirement.GALERA,
  Requirement.HAPROXY
})
class GaleraRunTest {
  @Test
  void no_guarantee_is_broken_by_the_end_of_a_node() throws Exception {
    RunSettings settings = RunSettings.of("galera-short", 5)
        .only(fault -> fault.name().startsWith(ServerFaults.KILL + "node"));
    try (Cluster cluster = Galera.direct()) {
      ClusterRun.requireNoViolation(cluster, settings);
    }
  }

  @Thorough
  @Test
  void no_guarantee_is_broken_by_any_fault() throws Exception {
    try (Cluster cluster = Galera.direct()) {
      ClusterRun.requireNoViolation(cluster, RunSettings.of("galera", 60));
    }
  }

  @Thorough
  @Test
  void no_guarantee_is_broken_behind_a_proxy() throws Exception {
    try (Cluster cluster = Galera.behindHaproxy()) {
      ClusterRun.requireNoViolation(cluster, RunSettings.of("galera-haproxy", 60));
    }
  }
}
