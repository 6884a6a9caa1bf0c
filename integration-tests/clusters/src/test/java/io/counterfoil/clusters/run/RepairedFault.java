package io.counterfoil.clusters.run;

/** A fault that consists of two actions. */
record RepairedFault(String name, Action breaking, Action repair) implements Fault {

  /** Does something to servers or networks. */
  interface Action {
    void run() throws Exception;
  }

  @Override
  public void begin() throws Exception {
    breaking.run();
  }

  @Override
  public void end() throws Exception {
    repair.run();
  }
}
