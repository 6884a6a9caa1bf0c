package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The main class of a measured server.
 *
 * <p>It prints its port and then its plaintexts, one line each. It answers every line of its standard input with its processor
 * time. It exits at the end of its standard input.
 */
final class ServerMain {
  /** The logger of Tomcat. Without this reference, the logger could be garbage-collected and lose its level. */
  private static final Logger LOG = Logger.getLogger("org.apache");

  private ServerMain() {}

  /** Takes the container, the kind of filter and the number of tokens. */
  public static void main(String[] args) throws Exception {
    LOG.setLevel(Level.WARNING);
    ServedTokens tokens = ServedTokens.in(new InMemoryTokenStore(), Integer.parseInt(args[2]));
    int port =
        ServletContainer.valueOf(args[0]).start(FilterKind.valueOf(args[1]).create(tokens));
    System.out.println(port);
    System.out.println(String.join(" ", tokens.plaintexts()));
    reportProcessorTime();
    System.exit(0); // the container's threads would keep the process running
  }

  private static void reportProcessorTime() throws IOException {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    while (input.readLine() != null) {
      System.out.println(process.getProcessCpuTime());
    }
  }
}
