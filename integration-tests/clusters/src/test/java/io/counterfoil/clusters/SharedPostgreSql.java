package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The PostgreSQL servers of the store contracts, which run until this JVM ends. */
final class SharedPostgreSql {
  private static final Map<PgBouncer.Mode, ContractStore> POOLED = new ConcurrentHashMap<>();

  private SharedPostgreSql() {}

  /** Returns an empty store behind PgBouncer. The URL leaves prepared statements on, as it is by default. */
  static TokenStore emptyBehindPgBouncer(PgBouncer.Mode mode) {
    return POOLED.computeIfAbsent(mode, SharedPostgreSql::behindPgBouncer).emptied();
  }

  private static ContractStore behindPgBouncer(PgBouncer.Mode mode) {
    PooledPostgreSql servers = PooledPostgreSql.start(mode);
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
    servers.servers().stopSyncing();
    return new ContractStore(ContractStore.open(servers.url()));
  }

  /** Returns an empty store on a former standby, which replicates synchronously, through a URL with three servers. */
  static TokenStore emptyAfterFailover() {
    return Failover.STORE.emptied();
  }

  private static final class Failover {
    static final ContractStore STORE = start();

    private static ContractStore start() {
      PostgreSqlCluster cluster = PostgreSqlCluster.onLoopback();
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      cluster.stopSyncing();
      ContractStore store =
          new ContractStore(ContractStore.open(cluster.url(PostgreSqlCluster.DATABASE)));
      cluster.primary().kill();
      cluster.failOver();
      return store;
    }
  }
}
