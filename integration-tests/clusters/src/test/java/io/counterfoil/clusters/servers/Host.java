package io.counterfoil.clusters.servers;

import java.util.ArrayList;
import java.util.List;

/** A machine: a network namespace with an address, or the loopback address of this machine. */
public final class Host {
  private static final Host LOOPBACK = new Host("loopback", "127.0.0.1", List.of());

  private final String name;
  private final String address;
  private final List<String> prefix;

  private Host(String name, String address, List<String> prefix) {
    this.name = name;
    this.address = address;
    this.prefix = prefix;
  }

  static Host loopback() {
    return LOOPBACK;
  }

  static Host inNamespace(String namespace, String name, String address) {
    return new Host(name, address, List.of(Programs.path("ip"), "netns", "exec", namespace));
  }

  /** Returns a short name for reports. */
  public String name() {
    return name;
  }

  /** Returns the IPv4 address of this host. */
  public String address() {
    return address;
  }

  /** Returns the command that runs a program on this host, as the user of this JVM. */
  public List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return List.copyOf(command);
  }

  /** Returns the command that runs a program on this host, as the user of this JVM. */
  public List<String> command(String... program) {
    return command(List.of(program));
  }

  /** Returns whether this is the loopback address, which all hosts of a cluster may share. */
  public boolean isLoopback() {
    return prefix.isEmpty();
  }

  @Override
  public String toString() {
    return name + " (" + address + ')';
  }
}
