package io.counterfoil.internal;

/** The one place where the library creates threads. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * Returns a new thread that is not started. It does not keep the JVM alive, and inherits neither thread-locals nor the context
   * class loader of the request that happened to need it first.
   */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}
