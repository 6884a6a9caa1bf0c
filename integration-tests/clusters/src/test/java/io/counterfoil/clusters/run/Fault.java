package io.counterfoil.clusters.run;

import java.util.Optional;

/** Something that breaks, and is repaired. */
public interface Fault {
  /** Returns the name for the report, for example "kill -9 of a node". */
  String name();

  /** Returns the name of the application that does not run meanwhile; empty if all run. */
  default Optional<String> application() {
    return Optional.empty();
  }

  void begin() throws Exception;

  /** Repairs the damage. Returns when it is repaired. */
  void end() throws Exception;
}
