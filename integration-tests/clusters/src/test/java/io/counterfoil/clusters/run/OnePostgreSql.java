package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.testing.databases.PostgreSqlServer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** One PostgreSQL server, which is killed and started again, and three applications on this machine. */
final class OnePostgreSql implements Cluster {
  private static final String TIMEOUTS = "connectTimeout=2&socketTimeout=5&loginTimeout=3";

  private final PostgreSqlServer server;

  private OnePostgreSql(PostgreSqlServer server) {
    this.server = server;
  }

  /** Starts the server; skips the test if there is none. */
  static OnePostgreSql start() throws IOException {
    return new OnePostgreSql(PostgreSqlServer.start());
  }

  @Override
  public String name() {
    return "one PostgreSQL";
  }

  @Override
  public List<Host> hosts() {
    return Collections.nCopies(3, Network.loopback());
  }

  @Override
  public String url(Host host) {
    return server.url("postgres") + '&' + TIMEOUTS;
  }

  @Override
  public List<Fault> faults() {
    return List.of(new RepairedFault("kill -9 of the database", server::kill, server::restart));
  }

  @Override
  public void awaitHealthy() {
    // restart waits until it accepts connections
  }

  @Override
  public void close() {
    server.close();
  }
}
