package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.GaleraCluster;
import io.counterfoil.clusters.servers.GaleraNode;
import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import java.util.List;

/** Three hosts with a node of Galera and an application each. The application connects to the node on its own host. */
public final class GaleraDirect implements Cluster {
  private final Network network = Network.create(3);
  private final GaleraCluster galera;

  private GaleraDirect() {
    galera = GaleraCluster.start(network.hosts());
  }

  /** Starts the cluster. */
  public static GaleraDirect start() {
    return new GaleraDirect();
  }

  @Override
  public String name() {
    return "Galera, three nodes";
  }

  @Override
  public List<Host> hosts() {
    return network.hosts();
  }

  @Override
  public String url(Host host) {
    GaleraNode node = galera.node(network.hosts().indexOf(host));
    return galera.url(node, "tokens");
  }

  @Override
  public String timeouts() {
    return GaleraFaults.TIMEOUTS;
  }

  @Override
  public List<Fault> faults() {
    return new GaleraFaults(galera, network).faults();
  }

  @Override
  public void awaitHealthy() {
    galera.awaitSynced();
  }

  @Override
  public void close() {
    galera.close();
    network.close();
  }
}
