package io.counterfoil.testkit;

/** Creates the threads of the contract. They are daemons, so that a store that hangs does not keep the JVM from exiting. */
final class DaemonThreads {
  private DaemonThreads() {}

  static Thread create(Runnable work) {
    Thread thread = new Thread(work, "store contract");
    thread.setDaemon(true);
    return thread;
  }
}
