package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.GaleraCluster;
import io.counterfoil.clusters.servers.Haproxy;
import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.Resources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Three hosts with a node of Galera and an application each. */
final class Galera implements Cluster {
  private static final int NODES = 3;

  private final Network network;
  private final GaleraCluster galera;
  private final Optional<Haproxy> proxy;

  private Galera(Network network, GaleraCluster galera, Optional<Haproxy> proxy) {
    this.network = network;
    this.galera = galera;
    this.proxy = proxy;
  }

  /** Starts a cluster in which each application connects to the node on its own host. */
  static Galera direct() {
    return Resources.closeOnFailure(
        Network.create(NODES),
        network -> new Galera(network, GaleraCluster.start(network.hosts()), Optional.empty()));
  }

  /** Starts a cluster in which all applications connect to HAProxy on a fourth host. So the calls of each go to all nodes. */
  static Galera behindHaproxy() {
    return Resources.closeOnFailure(
        Network.create(NODES + 1),
        network -> Resources.closeOnFailure(
            GaleraCluster.start(network.hosts().subList(0, NODES)),
            galera -> new Galera(
                network, galera, Optional.of(Haproxy.start(network.host(NODES), galera)))));
  }

  @Override
  public String name() {
    return proxy.isPresent() ? "Galera behind HAProxy" : "Galera, three nodes";
  }

  @Override
  public List<Host> hosts() {
    return network.hosts().subList(0, NODES);
  }

  @Override
  public String url(Host host) {
    return proxy
        .map(address -> address.url("tokens"))
        .orElseGet(() -> galera.url(galera.node(hosts().indexOf(host)), "tokens"));
  }

  @Override
  public List<Fault> faults() {
    return Stream.concat(galera.nodes().stream(), proxy.stream())
        .flatMap(server -> ServerFaults.of(server, network).stream())
        .toList();
  }

  @Override
  public void awaitHealthy() {
    galera.awaitSynced();
    proxy.ifPresent(Haproxy::awaitNodes);
  }

  @Override
  public void close() {
    proxy.ifPresent(Haproxy::close);
    galera.close();
    network.close();
  }
}
