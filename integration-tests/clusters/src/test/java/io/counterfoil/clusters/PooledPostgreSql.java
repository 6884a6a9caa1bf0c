package io.counterfoil.clusters;

import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.PostgreSqlCluster;

/** A PostgreSQL server with PgBouncer, both on this machine. */
record PooledPostgreSql(PostgreSqlCluster servers, PgBouncer pooler) implements AutoCloseable {

  static PooledPostgreSql start(PgBouncer.Mode mode) {
    PostgreSqlCluster servers = PostgreSqlCluster.single(Network.loopback());
    try {
      return new PooledPostgreSql(
          servers, PgBouncer.start(Network.loopback(), servers.primary(), mode));
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
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
