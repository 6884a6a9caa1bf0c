package io.counterfoil.clusters.run;

/** A fault that consists of two steps. */
record ScriptedFault(String name, Step breaking, Step repair) implements Fault {

  @Override
  public void begin() throws Exception {
    breaking.run();
  }

  @Override
  public void end() throws Exception {
    repair.run();
  }

  /** Does something to a cluster. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}
