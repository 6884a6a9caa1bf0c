package io.counterfoil.testing.databases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server that one test can kill and restart. By default it syncs its files. It is tested on Linux only. */
public final class PostgreSqlServer implements AutoCloseable {
  private static final int MAX_STARTS = 20;

  private final Path folder;
  private final Path data;
  private final PostgreSqlPrograms programs;
  private final int port;
  private final List<String> options;
  private @Nullable Process postmaster;

  private PostgreSqlServer(PostgreSqlPrograms programs, int port, List<String> options) {
    this.folder = programs.folder();
    this.data = folder.resolve("data");
    this.programs = programs;
    this.port = port;
    this.options = options;
  }

  /**
   * Returns a server that accepts connections; skips the test if there is a {@link PostgreSql#skipReason}. The server stops when
   * it is closed, or else when the JVM ends.
   */
  public static PostgreSqlServer start() throws IOException {
    PostgreSql.assumeAvailable();
    return start(List.of());
  }

  /** Returns a server that loses data if the operating system crashes. */
  static PostgreSqlServer startWithoutSync() throws IOException {
    return start(List.of("-F"));
  }

  private static PostgreSqlServer start(List<String> options) throws IOException {
    // Not below target: the user nobody must be able to enter it.
    Path folder = Files.createTempDirectory("counterfoil-postgres");
    PostgreSqlServer server =
        new PostgreSqlServer(PostgreSqlPrograms.in(folder), freePort(), options);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.programs.createFolder(server.data);
    server.programs.run(
        "initdb",
        "--pgdata=" + server.data,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync"); // the empty database need not survive a crash of the operating system
    server.restart();
    return server;
  }

  /** Returns the URL of one of its databases; "postgres" always exists. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + '/' + database + "?user=postgres";
  }

  /** Kills all its processes at the same moment (SIGKILL), so that none flushes anything or notices the end of another. */
  public synchronized void kill() throws IOException {
    if (postmaster == null || !postmaster.isAlive()) {
      return; // another process may have its process id now
    }
    signal("STOP", Stream.of(postmaster.toHandle())); // so that it starts no more children
    signal("KILL", Stream.concat(postmaster.descendants(), Stream.of(postmaster.toHandle())));
    if (!PostgreSqlPrograms.hasEnded(
        postmaster, TimeUnit.SECONDS.toMillis(PostgreSqlPrograms.TIMEOUT))) {
      throw new IOException("PostgreSQL survived SIGKILL");
    }
  }

  /**
   * Sends a signal to all processes with one command. Java would check each process before it sends the signal, and the other
   * processes could continue meanwhile. The command may fail, because a listed process may have ended.
   */
  private static void signal(String name, Stream<ProcessHandle> processes) throws IOException {
    String pids =
        processes.map(process -> String.valueOf(process.pid())).collect(Collectors.joining(" "));
    Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + ' ' + pids).start();
    if (!PostgreSqlPrograms.hasEnded(kill, TimeUnit.SECONDS.toMillis(PostgreSqlPrograms.TIMEOUT))) {
      throw new IOException("kill does not end");
    }
  }

  /**
   * Starts the server again after a kill, with the same folder and port, and waits until it accepts connections.
   *
   * <p>If the kernel has not yet removed the last of the killed processes, a new server finds their shared memory in use and
   * exits. Then this method starts another server.
   */
  public synchronized void restart() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
    arguments.addAll(List.of("-k", "")); // no socket file: its path could be too long
    arguments.addAll(options);
    for (int starts = 0; starts < MAX_STARTS; starts++) {
      Process started = programs.start("postgres", arguments.toArray(String[]::new));
      postmaster = started;
      if (acceptsConnections(started)) {
        return;
      }
    }
    throw noConnection();
  }

  /** Stops the server, and starts it as a standby of a primary that it cannot reach. It accepts queries only. */
  public synchronized void restartAsStandby() throws IOException {
    programs.run("pg_ctl", "stop", "--mode=fast", "--pgdata=" + data);
    Files.createFile(data.resolve("standby.signal"));
    restart();
  }

  /** Makes a standby the primary. Its connections stay open. */
  public synchronized void promote() throws IOException {
    programs.run("pg_ctl", "promote", "--wait", "--pgdata=" + data);
  }

  /** Waits until the server accepts connections; returns false if it ends instead. */
  private boolean acceptsConnections(Process started) throws IOException {
    for (int tries = 0; tries < PostgreSqlPrograms.TIMEOUT * 10; tries++) {
      try {
        DriverManager.getConnection(url("postgres")).close();
        return true;
      } catch (SQLException notYet) {
        if (PostgreSqlPrograms.hasEnded(started, 100)) {
          return false;
        }
      }
    }
    throw noConnection();
  }

  private IOException noConnection() throws IOException {
    return new IOException("PostgreSQL accepts no connections: " + programs.output("postgres"));
  }

  /** Stops the server and deletes its folder. */
  @Override
  public synchronized void close() {
    try {
      if (postmaster != null && postmaster.isAlive()) {
        programs.run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + data);
      }
      if (Files.exists(folder)) {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
