package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.GaleraCluster;
import io.counterfoil.clusters.servers.GaleraNode;
import io.counterfoil.clusters.servers.Network;
import java.util.List;
import java.util.stream.Stream;

/** The faults of the nodes of Galera. Each of them ends when all nodes are synced. */
record GaleraFaults(GaleraCluster galera, Network network) {
  /** The beginning of the names of faults that end a node. */
  static final String KILL = "kill -9 of node";

  static final String TIMEOUTS = "client: connectTimeout "
      + GaleraCluster.CONNECT_TIMEOUT.toSeconds() + " s, socketTimeout "
      + GaleraCluster.SOCKET_TIMEOUT.toSeconds()
      + " s; Galera: evs.suspect_timeout 5 s, repl.causal_read_timeout 30 s (its defaults)";

  List<Fault> faults() {
    return galera.nodes().stream().flatMap(this::faults).toList();
  }

  private Stream<Fault> faults(GaleraNode node) {
    return Stream.of(
        fault("kill -9 of ", node, node::kill, node::restart),
        fault("SIGSTOP of ", node, node::freeze, node::thaw),
        fault(
            "cut host of ", node, () -> network.cut(node.host()), () -> network.heal(node.host())));
  }

  private Fault fault(
      String kind, GaleraNode node, RepairedFault.Action begin, RepairedFault.Action end) {
    return new RepairedFault(kind + node.name(), begin, () -> {
      end.run();
      galera.awaitSynced();
    });
  }
}
