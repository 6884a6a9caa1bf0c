package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import java.util.List;

/** A cluster of databases with an application on each host. */
public interface Cluster extends AutoCloseable {
  /** Returns the name for the report, for example "Galera behind HAProxy". */
  String name();

  /** Returns the hosts on which applications run. */
  List<Host> hosts();

  /** Returns the JDBC URL for the application on that host. It states all timeouts. */
  String url(Host host);

  /** Returns the faults of the databases. The runner adds the faults of applications. */
  List<Fault> faults();

  /** Waits until every node is in the cluster again. All faults have ended before. */
  void awaitHealthy() throws Exception;

  @Override
  void close();
}
