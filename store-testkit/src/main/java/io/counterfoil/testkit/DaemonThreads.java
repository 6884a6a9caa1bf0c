package io.counterfoil.testkit;

/** Creates the threads of the contract. They are daemon threads, so that the JVM can exit even if a store hangs. */
final class DaemonThreads {
  private DaemonThreads() {}

  static Thread create(Runnable work) {
    Thread thread = new Thread(work, "store contract");
    thread.setDaemon(true);
    return thread;
  }
}
