package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which nothing listens. They are below the range from which Linux takes the ports of clients (32768 and above), so that a
 * server that is restarted finds its port free.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  /** A port stays free until its server starts, so it would be found a second time. */
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** Returns the standard port of a server on a host of its own, and a free port on the loopback address. */
  public static int on(Host host, int standard) {
    return host.isLoopback() ? next() : standard;
  }

  /** Returns a free port of the loopback address, another one each time. */
  private static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (TAKEN.add(socket.getLocalPort())) {
          return port;
        }
      } catch (IOException inUse) {
        // The next one.
      }
    }
  }
}
