package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Machines that a switch connects with each other and with this JVM.
 *
 * <p>Each machine is a network namespace, and the switch is a bridge in one more. So no setting and no firewall of this machine
 * matters, and the namespaces contain everything there is to clean up. Their addresses are from 198.18.0.0/15, which RFC 2544 reserves
 * for tests. It needs root and iproute2.
 */
public final class Network implements AutoCloseable {
  private static final String PREFIX = "counterfoil-";
  private static final Pattern NAMESPACE = Pattern.compile(PREFIX + "(\\d+)-\\S+");
  private static final int SUBNETS = 256;
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final String name =
      PREFIX + ProcessHandle.current().pid() + '-' + NETWORKS.incrementAndGet();
  private final String bridge = name + "-switch";
  private final List<Host> hosts;
  private final int subnet;
  private final Process cleaner;

  private Network(int size) throws IOException {
    cleaner = startCleaner(size);
    ip("netns", "add", bridge);
    ip("-n", bridge, "link", "add", "switch", "type", "bridge");
    ip("-n", bridge, "link", "set", "switch", "up");
    subnet = connectThisMachine();
    hosts = IntStream.range(0, size).mapToObj(this::connect).toList();
  }

  /**
   * Creates a network, and removes what killed JVMs have left.
   *
   * @param hosts how many machines it has, at most 200
   */
  public static Network create(int hosts) {
    removeLeftovers();
    try {
      return new Network(hosts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the loopback address of this machine, which needs neither root nor namespaces. */
  public static Host loopback() {
    return Host.loopback();
  }

  /** Returns a machine of this network. */
  public Host host(int index) {
    return hosts.get(index);
  }

  /** Returns the machines of this network. */
  public List<Host> hosts() {
    return hosts;
  }

  /** Disconnects a machine: it reaches no other one, and nobody reaches it. Packets are lost without any error. */
  public void cut(Host host) {
    ip("-n", bridge, "link", "set", port(host), "nomaster");
  }

  /** Connects a machine after {@link #cut}. */
  public void heal(Host host) {
    ip("-n", bridge, "link", "set", port(host), "master", "switch");
  }

  /** Removes the network. Servers that still run on its hosts keep running without it. */
  @Override
  public void close() {
    try {
      cleaner.getOutputStream().close();
      cleaner.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The name of this interface is unique on this machine, so it also reserves the addresses. */
  private int connectThisMachine() {
    for (int candidate = 0; candidate < SUBNETS; candidate++) {
      String cable = "counterfoil" + candidate;
      if (ip("-o", "link").lines().noneMatch(line -> line.contains(' ' + cable + '@'))
          && isAdded(cable)) {
        ip("addr", "add", address(candidate, 254) + "/24", "dev", cable);
        ip("link", "set", cable, "up");
        plugIn("this");
        return candidate;
      }
    }
    throw new IllegalStateException("All " + SUBNETS + " networks of tests are in use");
  }

  private boolean isAdded(String cable) {
    try {
      ip("link", "add", cable, "type", "veth", "peer", "name", "this", "netns", bridge);
      return true;
    } catch (IllegalStateException anotherJvmWasFirst) {
      return false;
    }
  }

  private Host connect(int index) {
    String hostName = "host" + (index + 1);
    String namespace = name + '-' + hostName;
    String address = address(subnet, index + 1);
    ip("netns", "add", namespace);
    ip(
        "-n", namespace, "link", "add", "eth0", "type", "veth", "peer", "name", hostName, "netns",
        bridge);
    ip("-n", namespace, "addr", "add", address + "/24", "dev", "eth0");
    ip("-n", namespace, "link", "set", "eth0", "up");
    ip("-n", namespace, "link", "set", "lo", "up");
    plugIn(hostName);
    return Host.inNamespace(namespace, hostName, address);
  }

  private void plugIn(String port) {
    ip("-n", bridge, "link", "set", port, "master", "switch", "up");
  }

  private static String address(int subnet, int host) {
    return "198.18." + subnet + '.' + host;
  }

  private static String port(Host host) {
    return host.name();
  }

  /** Removes the namespaces when its input ends, which happens even if this JVM is killed. */
  private Process startCleaner(int size) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Programs.path("setsid"),
        "sh",
        "-c",
        "ip=$1; shift; read -r line; for name; do \"$ip\" netns del \"$name\"; done",
        "cleaner",
        Programs.path("ip")));
    command.add(bridge);
    IntStream.rangeClosed(1, size).forEach(i -> command.add(name + "-host" + i));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A cleaner may have been killed together with its JVM. */
  private static void removeLeftovers() {
    NAMESPACE
        .matcher(ip("netns", "list"))
        .results()
        .filter(
            namespace -> ProcessHandle.of(Long.parseLong(namespace.group(1))).isEmpty())
        .forEach(namespace -> {
          try {
            ip("netns", "del", namespace.group());
          } catch (IllegalStateException anotherJvmWasFirst) {
            // It is removed.
          }
        });
  }

  private static String ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Programs.path("ip")));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }
}
