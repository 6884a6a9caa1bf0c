package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.GaleraCluster;
import io.counterfoil.clusters.servers.Haproxy;
import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Three hosts with a node of Galera and an application each, and a fourth one with HAProxy, to which all applications connect. So the
 * calls of one application go to all nodes.
 */
public final class GaleraBehindHaproxy implements Cluster {
  private final Network network = Network.create(4);
  private final GaleraCluster galera;
  private final Haproxy proxy;

  private GaleraBehindHaproxy() {
    galera = GaleraCluster.start(hosts());
    proxy = Haproxy.start(network.host(3), galera);
  }

  /** Starts the cluster. */
  public static GaleraBehindHaproxy start() {
    return new GaleraBehindHaproxy();
  }

  @Override
  public String name() {
    return "Galera behind HAProxy";
  }

  @Override
  public List<Host> hosts() {
    return network.hosts().subList(0, 3);
  }

  @Override
  public String url(Host host) {
    return proxy.url("tokens");
  }

  @Override
  public String timeouts() {
    return GaleraFaults.TIMEOUTS
        + "; HAProxy: connect 1 s, check every 0.5 s, at most 1 s, two failures";
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(new GaleraFaults(galera, network).faults());
    faults.add(new RepairedFault("kill -9 of HAProxy", proxy::kill, proxy::restart));
    faults.add(new RepairedFault("SIGSTOP of HAProxy", proxy::freeze, proxy::thaw));
    faults.add(new RepairedFault(
        "cut host of HAProxy", () -> network.cut(proxy.host()), () -> network.heal(proxy.host())));
    return faults;
  }

  @Override
  public void awaitHealthy() {
    galera.awaitSynced();
    proxy.awaitNodes();
  }

  @Override
  public void close() {
    proxy.close();
    galera.close();
    network.close();
  }
}
