package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresPrograms({Requirement.SERVERS, Requirement.GALERA})
@Timeout(300)
class GaleraClusterTest {

  @Test
  void a_node_that_was_killed_or_frozen_joins_again_and_a_killed_cluster_starts_again()
      throws Exception {
    try (GaleraCluster cluster = GaleraCluster.onLoopback()) {
      cluster.awaitSynced();
      execute(cluster, 0, "CREATE TABLE tokens.t (id BIGINT AUTO_INCREMENT PRIMARY KEY)");

      cluster.node(2).kill();
      execute(cluster, 0, "INSERT INTO tokens.t VALUES ()");
      cluster.node(2).restart();
      System.err.println("killed: " + cluster.awaitSynced());
      assertThat(rows(cluster, 2)).isOne();

      cluster.node(1).freeze();
      execute(cluster, 0, "INSERT INTO tokens.t VALUES ()");
      cluster.node(1).thaw();
      System.err.println("frozen: " + cluster.awaitSynced());
      assertThat(rows(cluster, 1)).isEqualTo(2);

      cluster.nodes().forEach(GaleraNode::kill);
      System.err.println("all killed: " + cluster.awaitSynced());
      assertThat(rows(cluster, 1)).isEqualTo(2);
    }
  }

  private static void execute(GaleraCluster cluster, int node, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.url(cluster.node(node), "tokens"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int rows(GaleraCluster cluster, int node) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(cluster.url(cluster.node(node), "tokens"));
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(
            "SET STATEMENT wsrep_sync_wait = 1 FOR SELECT COUNT(*) FROM t")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
