package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.Server;
import java.util.List;
import java.util.function.Supplier;

/** The faults of a server and of its host. */
final class ServerFaults {
  /** The beginning of the name of the fault that ends a server. The name of the server follows. */
  static final String KILL = "kill -9 of ";

  private ServerFaults() {}

  static List<Fault> of(Server server, Network network) {
    return of(server.name(), () -> server, network);
  }

  /** Returns the faults of the server that has a role when the fault begins. It keeps the role until the fault ends. */
  static List<Fault> of(String role, Supplier<? extends Server> server, Network network) {
    return List.of(
        new RepairedFault(
            KILL + role, () -> server.get().kill(), () -> server.get().restart()),
        new RepairedFault(
            "SIGSTOP of " + role,
            () -> server.get().freeze(),
            () -> server.get().thaw()),
        new RepairedFault(
            "cut of the host of " + role,
            () -> network.cut(server.get().host()),
            () -> network.heal(server.get().host())));
  }
}
