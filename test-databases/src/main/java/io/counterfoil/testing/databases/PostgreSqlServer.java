package io.counterfoil.testing.databases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one's own, on Linux, that can be killed and started again. It syncs its files, which is its default.
 *
 * <p>Where even root may make no user namespace, root has no other way to any server, so {@link PostgreSql} goes it there too.
 */
public final class PostgreSqlServer implements AutoCloseable {
  private static final int LAUNCHES = 20;

  private final Path folder;
  private final Path data;
  private final Programs programs;
  private final int port;
  private @Nullable Process postmaster;

  private PostgreSqlServer(Path folder, int port) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.programs = new Programs(folder);
    this.port = port;
  }

  /** Returns a server that takes connections. It is stopped when it is closed, or else when the JVM ends. */
  public static PostgreSqlServer start() throws IOException {
    // Not below target: the user nobody must reach it, and a socket's path has at most 107 bytes.
    Path folder = Files.createTempDirectory("counterfoil-postgres");
    PostgreSqlServer server = new PostgreSqlServer(folder, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.programs.unpack();
    server.programs.makeFolder(server.data);
    server.programs.run(
        "initdb",
        "--pgdata=" + server.data,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync"); // what it makes need not outlive the kernel
    server.restart();
    return server;
  }

  /** Returns the URL of one of its databases; "postgres" is always there. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + '/' + database + "?user=postgres";
  }

  /** Ends all its processes at one moment with SIGKILL: nothing is flushed, none notices the end of another. */
  public synchronized void kill() throws IOException {
    if (postmaster == null || !postmaster.isAlive()) {
      return; // its process id may be somebody else's by now
    }
    signal("STOP", Stream.of(postmaster.toHandle())); // so that there will be no more children
    signal("KILL", Stream.concat(postmaster.descendants(), Stream.of(postmaster.toHandle())));
    if (!Programs.hasEnded(postmaster, TimeUnit.SECONDS.toMillis(Programs.PATIENCE))) {
      throw new IOException("PostgreSQL outlives a SIGKILL");
    }
  }

  /**
   * By one command for all: Java looks at each before it signals it, which gives the others time. It may well fail: of the
   * processes that were listed one may have ended by itself.
   */
  private static void signal(String name, Stream<ProcessHandle> processes) throws IOException {
    String pids =
        processes.map(process -> String.valueOf(process.pid())).collect(Collectors.joining(" "));
    Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + ' ' + pids).start();
    if (!Programs.hasEnded(kill, TimeUnit.SECONDS.toMillis(Programs.PATIENCE))) {
      throw new IOException("kill does not end");
    }
  }

  /**
   * Starts it again after a kill, in the same folder and on the same port; returns when it takes connections.
   *
   * <p>As long as the kernel has not cleared away the last of the killed processes, a new server finds their memory in use and
   * gives up: then there is another.
   */
  public synchronized void restart() throws IOException {
    for (int launches = 0; launches < LAUNCHES; launches++) {
      Process launched = programs.start(
          "postgres", "-D", data.toString(), "-p", String.valueOf(port), "-k", data.toString());
      postmaster = launched;
      if (takesConnections(launched)) {
        return;
      }
    }
    throw silent();
  }

  /** False if it ends before. */
  private boolean takesConnections(Process launched) throws IOException {
    for (int tries = 0; tries < Programs.PATIENCE * 10; tries++) {
      try {
        DriverManager.getConnection(url("postgres")).close();
        return true;
      } catch (SQLException notYet) {
        if (Programs.hasEnded(launched, 100)) {
          return false;
        }
      }
    }
    throw silent();
  }

  private IOException silent() throws IOException {
    return new IOException("PostgreSQL takes no connections: " + programs.output("postgres"));
  }

  /** Stops it, and deletes its folder. */
  @Override
  public synchronized void close() {
    try {
      if (postmaster != null && postmaster.isAlive()) {
        programs.run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + data);
      }
      if (Files.exists(folder)) {
        Binaries.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
