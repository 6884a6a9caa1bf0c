package io.counterfoil.clusters.run;

/** Something that breaks, and is repaired. */
public interface Fault {
  /** Returns the name for the report, for example "kill -9 of a node". */
  String name();

  void begin() throws Exception;

  /** Repairs the damage. Returns when it is repaired. */
  void end() throws Exception;
}
