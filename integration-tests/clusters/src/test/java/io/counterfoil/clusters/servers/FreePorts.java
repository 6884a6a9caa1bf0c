package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which nothing listens. They are below the range from which Linux takes the ports of clients (32768 and above), so that a
 * server that is restarted finds its port free.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private FreePorts() {}

  /** Returns the standard port of a server on a host of its own, and a free port on the loopback address. */
  public static int on(Host host, int standard) {
    return host.isLoopback() ? next() : standard;
  }

  /** Returns a free port of the loopback address. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        // The next one.
      }
    }
  }
}
