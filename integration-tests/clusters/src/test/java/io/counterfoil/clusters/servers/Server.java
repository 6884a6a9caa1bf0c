package io.counterfoil.clusters.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server on a host that can be killed, frozen and started again. */
public abstract class Server {
  private static final int SHOWN_LOG = 4000;

  private final String name;
  private final Host host;
  private final int port;
  private final Path log;
  private Optional<ServerProcess> process = Optional.empty();

  Server(String name, Host host, int standardPort, Path log) {
    this.name = name;
    this.host = host;
    this.port = FreePorts.on(host, standardPort);
    this.log = log;
  }

  /** Returns the name for reports. */
  public final String name() {
    return name;
  }

  /** Returns the host that the server runs on. */
  public final Host host() {
    return host;
  }

  final int port() {
    return port;
  }

  /** Returns the address and port for clients. */
  public final String address() {
    return host.address() + ':' + port;
  }

  /** Starts the server after it was killed. */
  public abstract void restart();

  final synchronized ServerProcess run(String user, List<String> command) {
    ServerProcess started = ServerProcess.start(host, user, log, command);
    process = Optional.of(started);
    return started;
  }

  /** Asks the server to end, and returns whether it has ended within a time limit. */
  final synchronized boolean terminate(Duration limit) {
    ServerProcess running = process.orElseThrow();
    running.signal("TERM");
    return running.awaitEnd(limit);
  }

  /** Kills all processes of the server with SIGKILL. Returns when none of them is left. */
  public final synchronized void kill() {
    process.ifPresent(ServerProcess::close);
    process = Optional.empty();
  }

  /** Stops all processes of the server with SIGSTOP. */
  public final synchronized void freeze() {
    process.ifPresent(ServerProcess::freeze);
  }

  /** Continues the server after {@link #freeze}. */
  public final synchronized void thaw() {
    process.ifPresent(ServerProcess::thaw);
  }

  /** Returns whether the server is running or frozen. */
  public final synchronized boolean isRunning() {
    return process.map(ServerProcess::isRunning).orElse(false);
  }

  /** Returns the end of the log, for the message of a failure. */
  final String endOfLog() {
    try {
      String text = Files.readString(log, ISO_8859_1);
      return name + ":\n" + text.substring(Math.max(0, text.length() - SHOWN_LOG));
    } catch (IOException e) {
      return name + ": " + e;
    }
  }
}
