package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.Thorough;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Thorough
@RequiresPrograms({Requirement.SERVERS, Requirement.GALERA, Requirement.HAPROXY})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class GaleraClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private GaleraCluster cluster;

  @BeforeAll
  void start() throws SQLException {
    cluster = GaleraCluster.onLoopback();
    execute(0, "CREATE TABLE entries (id BIGINT AUTO_INCREMENT PRIMARY KEY)");
  }

  @BeforeEach
  void empty() throws SQLException {
    execute(0, "DELETE FROM entries");
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void a_killed_node_joins_again_and_fetches_what_it_has_missed() throws Exception {
    GaleraNode killed = cluster.node(2);
    killed.kill();
    execute(0, "INSERT INTO entries VALUES ()");

    killed.restart();
    report("kill -9", cluster.awaitSynced());

    assertThat(rows(2)).isOne();
  }

  @Test
  void a_frozen_node_blocks_changes_until_it_is_removed_and_joins_again() throws Exception {
    GaleraNode frozen = cluster.node(1);
    frozen.freeze();
    execute(0, "INSERT INTO entries VALUES ()");

    frozen.thaw();
    report("SIGSTOP", cluster.awaitSynced());

    assertThat(rows(1)).isOne();
  }

  @Test
  void a_node_that_has_lost_its_data_fetches_a_copy() throws Exception {
    execute(0, "INSERT INTO entries VALUES ()");
    GaleraNode empty = cluster.node(2);
    empty.kill();
    empty.deleteData();

    empty.start();
    report("lost data", cluster.awaitSynced());

    assertThat(rows(2)).isOne();
  }

  @Test
  void a_cluster_whose_nodes_were_all_killed_starts_again_with_all_changes() throws Exception {
    execute(1, "INSERT INTO entries VALUES ()");
    cluster.nodes().forEach(GaleraNode::kill);

    report("kill -9 of all nodes", cluster.awaitSynced());

    assertThat(rows(0)).isOne();
  }

  @Test
  void haproxy_connects_to_no_node_that_is_not_synced() throws Exception {
    try (Haproxy proxy = Haproxy.start(Network.loopback(), cluster)) {
      execute(1, "SET GLOBAL wsrep_desync = ON"); // as if it was sending its data to another node

      try {
        Polling.await("HAProxy avoids the node", LIMIT, () -> !reaches(proxy, cluster.node(1)));
      } finally {
        execute(1, "SET GLOBAL wsrep_desync = OFF");
      }
      proxy.awaitNodes();
    }
  }

  @Test
  void haproxy_accepts_connections_while_a_node_is_dead_and_after_it_was_killed_itself()
      throws Exception {
    try (Haproxy proxy = Haproxy.start(Network.loopback(), cluster)) {
      cluster.node(0).kill();
      Polling.await("HAProxy avoids the node", LIMIT, () -> !reaches(proxy, cluster.node(0)));
      cluster.node(0).restart();
      cluster.awaitSynced();

      proxy.kill();
      proxy.restart();
      proxy.awaitNodes();
    }
  }

  private boolean reaches(Haproxy proxy, GaleraNode node) throws SQLException {
    boolean reached = false;
    for (int i = 0; i < cluster.nodes().size(); i++) {
      reached |= proxy.nextNode().equals(node.name());
    }
    return reached;
  }

  private static void report(String event, Duration time) {
    System.err.printf("Galera after %s: synced within %.1f s%n", event, time.toMillis() / 1000.0);
  }

  private void execute(int node, String sql) throws SQLException {
    Sql.execute(url(node), sql);
  }

  private int rows(int node) throws SQLException {
    return Integer.parseInt(
        Sql.query(url(node), "SET STATEMENT wsrep_sync_wait = 1 FOR SELECT COUNT(*) FROM entries"));
  }

  private String url(int node) {
    return cluster.url(cluster.node(node), "tokens");
  }
}
