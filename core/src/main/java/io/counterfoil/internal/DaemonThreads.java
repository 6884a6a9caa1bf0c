package io.counterfoil.internal;

/** Creates all threads of the library. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * Returns a new thread that is not started yet. It does not keep the JVM alive. It inherits neither thread-locals nor the
   * context class loader of the request that caused its creation.
   */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}
