package io.counterfoil.clusters;

import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.Resources;

/** A PostgreSQL server with PgBouncer, both on this machine. */
record PooledPostgreSql(PostgreSqlCluster servers, PgBouncer pooler) implements AutoCloseable {

  static PooledPostgreSql start(PgBouncer.Mode mode) {
    return Resources.closeOnFailure(
        PostgreSqlCluster.single(Network.loopback()),
        servers -> new PooledPostgreSql(
            servers, PgBouncer.start(Network.loopback(), servers.primary(), mode)));
  }

  /** Returns a URL through PgBouncer. It leaves prepared statements on, as it is by default. */
  String url() {
    return pooler.urlWithPreparedStatements(PostgreSqlCluster.DATABASE);
  }

  /** Returns a URL without PgBouncer. */
  String directUrl() {
    return servers.url(PostgreSqlCluster.DATABASE);
  }

  @Override
  public void close() {
    pooler.close();
    servers.close();
  }
}
