package io.counterfoil.testkit;

/** Creates the threads of the contract. They are daemons: a store that hangs fails its test and does not stop the JVM's exit. */
final class DaemonThreads {
  private DaemonThreads() {}

  static Thread create(Runnable work) {
    Thread thread = new Thread(work, "store contract");
    thread.setDaemon(true);
    return thread;
  }
}
