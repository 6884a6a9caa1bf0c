package io.counterfoil.benchmarks.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A process that serves the page behind a guard.
 *
 * <p>It prints its port and its plaintexts, a line each, and to every line that it reads after that, what it has used up. It ends
 * with its input.
 */
final class GuardedServer {
  /** Tomcat's, which tells of everything. Held, or its level would be forgotten with it. */
  private static final Logger LOG = Logger.getLogger("org.apache");

  private GuardedServer() {}

  /** Takes the container, the guard and the number of tokens. */
  public static void main(String[] args) throws Exception {
    LOG.setLevel(Level.WARNING);
    Ground ground = Ground.of(Integer.parseInt(args[2]));
    int port = Container.valueOf(args[0]).start(Guard.valueOf(args[1]).over(ground));
    System.out.println(port);
    System.out.println(String.join(" ", ground.plaintexts()));
    answer(ground);
    System.exit(0); // the container's threads would go on
  }

  private static void answer(Ground ground) throws IOException {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    while (questions.readLine() != null) {
      System.out.println(process.getProcessCpuTime() + " " + ground.calls().sum());
    }
  }
}
