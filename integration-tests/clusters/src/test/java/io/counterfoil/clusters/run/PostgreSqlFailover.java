package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.PostgreSqlNode;
import io.counterfoil.clusters.servers.Resources;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL primary with two standbys, each on a host of its own, with an application beside each. Applications know all three, and
 * use the primary. A careful operator fails over: {@link PostgreSqlCluster}.
 */
final class PostgreSqlFailover implements Cluster {
  static final String KILL_AND_FAIL_OVER = "kill -9 of the primary, failover";

  private final Network network;
  private final PostgreSqlCluster servers;

  private PostgreSqlFailover(Network network, PostgreSqlCluster servers) {
    this.network = network;
    this.servers = servers;
  }

  /** Starts three hosts with a server each. */
  static PostgreSqlFailover start() {
    return Resources.closeOnFailure(
        Network.create(3),
        network -> new PostgreSqlFailover(network, PostgreSqlCluster.start(network.hosts())));
  }

  @Override
  public String name() {
    return "PostgreSQL with failover";
  }

  @Override
  public List<Host> hosts() {
    return network.hosts();
  }

  @Override
  public String url(Host host) {
    return servers.url(PostgreSqlCluster.DATABASE);
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(failovers());
    faults.addAll(ServerFaults.of("the primary", servers::primary, network));
    faults.addAll(ServerFaults.of("the standby", () -> servers.standbys().get(0), network));
    return faults;
  }

  /** In each of them, the old primary is dead before a standby is promoted. */
  private List<Fault> failovers() {
    return List.of(
        new RepairedFault(KILL_AND_FAIL_OVER, () -> servers.primary().kill(), servers::failOver),
        new RepairedFault("frozen primary, failover", () -> servers.primary().freeze(), () -> {
          servers.primary().kill();
          servers.failOver();
        }),
        new RepairedFault(
            "cut primary, failover", () -> network.cut(servers.primary().host()), () -> {
              PostgreSqlNode old = servers.primary();
              old.kill();
              servers.promote();
              network.heal(old.host());
              servers.rebuild(old);
            }));
  }

  @Override
  public void awaitHealthy() {
    servers.awaitHealthy();
  }

  @Override
  public void close() {
    servers.close();
    network.close();
  }
}
