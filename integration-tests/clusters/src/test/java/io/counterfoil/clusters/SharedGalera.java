package io.counterfoil.clusters;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.GaleraCluster;
import io.counterfoil.clusters.servers.Haproxy;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One Galera cluster on the loopback address for all tests of this JVM that break nothing. */
final class SharedGalera {
  private static final GaleraCluster CLUSTER = GaleraCluster.onLoopback();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CLUSTER::close));
  }

  private SharedGalera() {}

  /** Returns an empty store. Its consecutive statements run on different nodes. */
  static TokenStore emptyOnAllNodes() {
    return Direct.STORE.emptied();
  }

  /** Returns an empty store behind HAProxy, which connects each new connection of its pool to another node. */
  static TokenStore emptyBehindHaproxy() {
    return Proxied.STORE.emptied();
  }

  /** Creates a database with the tables of a store. */
  static String freshDatabase() {
    String name = "tokens_" + DATABASES.incrementAndGet();
    try {
      CLUSTER.createDatabase(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (HikariDataSource pool = pool(CLUSTER.url(CLUSTER.node(0), name))) {
      JdbcTokenStore.createSchema(pool);
    }
    return name;
  }

  /** Opens a pool for each node. */
  static List<HikariDataSource> pools(String database) {
    return CLUSTER.nodes().stream()
        .map(node -> pool(CLUSTER.url(node, database)))
        .toList();
  }

  /** Opens a pool with several connections, which HAProxy distributes. */
  private static HikariDataSource pool(String url) {
    HikariDataSource pool = ContractStore.open(url);
    pool.setMinimumIdle(3);
    return pool;
  }

  private static final class Direct {
    static final ClusterStore STORE = create();

    private static ClusterStore create() {
      List<HikariDataSource> nodes = pools(freshDatabase());
      return new ClusterStore(new AlternatingDataSource(nodes), nodes);
    }
  }

  private static final class Proxied {
    static final ClusterStore STORE = create();

    private static ClusterStore create() {
      String database = freshDatabase();
      Haproxy proxy = Haproxy.start(Network.loopback(), CLUSTER);
      Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
      return new ClusterStore(pool(proxy.url(database)), pools(database));
    }
  }
}
