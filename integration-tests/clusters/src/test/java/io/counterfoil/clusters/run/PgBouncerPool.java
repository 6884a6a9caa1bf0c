package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Polling;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
    return Resources.closeOnFailure(
        Network.create(APPLICATIONS + 2),
        network -> Resources.closeOnFailure(
            PostgreSqlCluster.single(network.host(APPLICATIONS)),
            servers -> new PgBouncerPool(
                mode,
                network,
                servers,
                PgBouncer.start(network.host(APPLICATIONS + 1), servers.primary(), mode))));
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
  public List<Fault> faults() {
    return Stream.concat(
            ServerFaults.of(pooler, network).stream(),
            ServerFaults.of("the server", servers::primary, network).stream())
        .toList();
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
