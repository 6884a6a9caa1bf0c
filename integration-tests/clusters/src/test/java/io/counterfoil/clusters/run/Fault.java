package io.counterfoil.clusters.run;

import java.util.Optional;

/** A failure of a server, a host or an application, which is repaired. */
public interface Fault {
  /** Returns the name for the report, for example "kill -9 of a node". */
  String name();

  /** Returns the name of the application that does not run meanwhile; empty if all run. */
  default Optional<String> application() {
    return Optional.empty();
  }

  void begin() throws Exception;

  /** Repairs the failure. {@link Cluster#awaitHealthy} then waits until the cluster has recovered. */
  void end() throws Exception;
}
