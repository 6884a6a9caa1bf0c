package io.counterfoil.clusters.servers;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A MariaDB Galera Cluster of three nodes, all of which accept changes. Its settings are those of MariaDB, except that it uses little
 * memory, and that nodes apply changes of others with four threads.
 */
public final class GaleraCluster implements AutoCloseable {
  /** How long a client waits for a connection. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * How long a client waits for an answer. It is longer than the 5 seconds after which Galera removes a node that does not answer:
   * until then, all changes wait.
   */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration RECOVERY = Duration.ofSeconds(40);
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final String USERS = """
      FLUSH PRIVILEGES;
      CREATE USER 'tokens'@'%' IDENTIFIED BY 'tokens';
      GRANT ALL ON *.* TO 'tokens'@'%';
      CREATE USER 'monitor'@'%';
      CREATE DATABASE tokens CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
      """;

  private final ServerFolder folder = ServerFolder.create("galera", GaleraNode.USER);
  private final List<GaleraNode> nodes;

  private GaleraCluster(List<Host> hosts) {
    nodes = IntStream.range(0, hosts.size())
        .mapToObj(i ->
            new GaleraNode("node" + (i + 1), hosts.get(i), folder.path().resolve("node" + (i + 1))))
        .toList();
  }

  /** Starts a node on each host, and returns when all are synced. */
  public static GaleraCluster start(List<Host> hosts) {
    return Resources.closeOnFailure(new GaleraCluster(hosts), cluster -> {
      cluster.start();
      return cluster;
    });
  }

  /** Starts three nodes on ports of the loopback address. */
  public static GaleraCluster onLoopback() {
    return start(Collections.nCopies(3, Network.loopback()));
  }

  private void start() {
    long begin = System.nanoTime();
    for (GaleraNode node : nodes) {
      node.configure(nodes);
    }
    GaleraNode first = nodes.get(0);
    List<GaleraNode> others = nodes.subList(1, nodes.size());
    first.createData(USERS);
    first.start("--wsrep-new-cluster");
    awaitSynced(first, 1);
    first.stop();
    others.forEach(node -> node.copyData(first));
    first.start("--wsrep-new-cluster");
    awaitSynced(first, 1);
    others.forEach(GaleraNode::start);
    nodes.forEach(node -> awaitSynced(node, nodes.size()));
    Reports.time("Galera is ready", begin);
  }

  private static void awaitSynced(GaleraNode node, int size) {
    try {
      Polling.await(node.name() + " is synced", START, () -> {
        if (!node.isRunning()) {
          throw new AssertionError(node.endOfLog());
        }
        return node.isSynced(size);
      });
    } catch (IllegalStateException e) {
      throw new IllegalStateException(node.endOfLog(), e);
    }
  }

  /** Returns a node. */
  public GaleraNode node(int index) {
    return nodes.get(index);
  }

  /** Returns the nodes. */
  public List<GaleraNode> nodes() {
    return nodes;
  }

  /** Returns the user, the password and all timeouts for the URL of a client, of one node or of a proxy. */
  public static String parameters() {
    return "?user=tokens&password=tokens&sslMode=disable&connectTimeout="
        + CONNECT_TIMEOUT.toMillis() + "&socketTimeout=" + SOCKET_TIMEOUT.toMillis();
  }

  /** Returns the JDBC URL of a database on a node. */
  public String url(GaleraNode node, String database) {
    return "jdbc:mariadb://" + node.address() + '/' + database + parameters();
  }

  /** Creates a database without tables. */
  public void createDatabase(String name) throws SQLException {
    // The least exact collation that an application may have.
    Sql.execute(
        url(nodes.get(0), ""),
        "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
  }

  /**
   * Waits until all nodes are synced, and returns how long it took. A node that has ended is started again: it ends by itself, for
   * example, if the node that sends it a copy is killed.
   */
  public Duration awaitSynced() {
    long begin = System.nanoTime();
    while (!isSyncedWithin(RECOVERY)) {
      String states = nodes.stream()
          .map(node -> node.name() + ": " + node.state())
          .collect(Collectors.joining("; "));
      System.err.println("Galera is not synced after " + RECOVERY.toSeconds() + " s: " + states);
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        nodes.forEach(node -> System.err.println(node.endOfLog()));
        throw new IllegalStateException(states);
      }
      repair();
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private boolean isSyncedWithin(Duration limit) {
    try {
      Polling.await("all nodes are synced", limit, () -> {
        nodes.stream().filter(node -> !node.isRunning()).forEach(GaleraNode::restart);
        return nodes.stream().allMatch(node -> node.isSynced(nodes.size()));
      });
      return true;
    } catch (IllegalStateException late) {
      return false;
    }
  }

  /**
   * Repairs the cluster as an operator would. If no node is in a majority, for example because all were killed, a new cluster is started from
   * the node with the last change, as the manual of Galera says. Otherwise, nodes that cannot join the others are restarted.
   */
  private void repair() {
    if (nodes.stream().anyMatch(GaleraNode::isPrimary)) {
      nodes.stream().filter(node -> !node.isPrimary()).forEach(GaleraNode::restart);
      return;
    }
    nodes.forEach(GaleraNode::kill);
    GaleraNode last =
        nodes.stream().max(Comparator.comparingLong(GaleraNode::lastChange)).orElseThrow();
    System.err.println("Galera starts again from " + last.name());
    last.bootstrap();
    awaitSynced(last, 1);
  }

  /** Kills all nodes, and deletes their files. */
  @Override
  public void close() {
    nodes.forEach(GaleraNode::kill);
    folder.close();
  }
}
