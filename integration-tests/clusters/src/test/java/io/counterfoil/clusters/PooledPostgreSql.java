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

  String database() {
    return PostgreSqlCluster.DATABASE;
  }

  @Override
  public void close() {
    pooler.close();
    servers.close();
  }
}
