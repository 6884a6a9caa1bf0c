package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Polling;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.PostgreSqlNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Applications on three hosts, which use one PostgreSQL server through PgBouncer. The server and PgBouncer have hosts of their own. */
final class PgBouncerPool implements Cluster {
  private static final int APPLICATIONS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PgBouncer.Mode mode;
  private final Network network;
  private final PostgreSqlCluster servers;
  private final PgBouncer pooler;

  private PgBouncerPool(
      PgBouncer.Mode mode, Network network, PostgreSqlCluster servers, PgBouncer pooler) {
    this.mode = mode;
    this.network = network;
    this.servers = servers;
    this.pooler = pooler;
  }

  /** Starts the hosts, the server and PgBouncer. */
  static PgBouncerPool start(PgBouncer.Mode mode) {
    Network network = Network.create(APPLICATIONS + 2);
    try {
      PostgreSqlCluster servers = PostgreSqlCluster.single(network.host(APPLICATIONS));
      try {
        Host host = network.host(APPLICATIONS + 1);
        return new PgBouncerPool(
            mode, network, servers, PgBouncer.start(host, servers.primary(), mode));
      } catch (RuntimeException e) {
        servers.close();
        throw e;
      }
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "PgBouncer in " + mode.name().toLowerCase(Locale.ROOT) + " mode";
  }

  @Override
  public List<Host> hosts() {
    return network.hosts().subList(0, APPLICATIONS);
  }

  @Override
  public String url(Host host) {
    return pooler.url(PostgreSqlCluster.DATABASE);
  }

  @Override
  public String timeouts() {
    return PgBouncer.timeouts();
  }

  @Override
  public List<Fault> faults() {
    PostgreSqlNode server = servers.primary();
    return List.of(
        new RepairedFault("kill -9 of PgBouncer", pooler::kill, pooler::start),
        new RepairedFault("SIGSTOP of PgBouncer", pooler::freeze, pooler::thaw),
        cut("PgBouncer", pooler.host()),
        new RepairedFault("kill -9 of the server", server::kill, server::start),
        new RepairedFault("SIGSTOP of the server", server::freeze, server::thaw),
        cut("the server", server.host()));
  }

  private Fault cut(String what, Host host) {
    return new RepairedFault(
        "cut of the host of " + what, () -> network.cut(host), () -> network.heal(host));
  }

  @Override
  public void awaitHealthy() {
    Polling.await("PgBouncer reaches the server", LIMIT, pooler::isReady);
  }

  @Override
  public void close() {
    pooler.close();
    servers.close();
    network.close();
  }
}
