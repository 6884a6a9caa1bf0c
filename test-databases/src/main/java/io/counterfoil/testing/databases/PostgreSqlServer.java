package io.counterfoil.testing.databases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one's own, on Linux, that can be killed and started again. It syncs its files, which is its default.
 *
 * <p>Root's runs as nobody, in a folder that nobody can read: PostgreSQL refuses to run as root. Where even root may make no
 * user namespace, that is the only way, so {@link PostgreSql} goes it there too.
 */
public final class PostgreSqlServer implements AutoCloseable {
  private static final int NOBODY = 65534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  private static final int PATIENCE = 60;
  private static final int LAUNCHES = 20;

  private final List<String> as = Root.isHere() ? AS_NOBODY : List.of();
  private final Path folder;
  private final Path data;
  private final int port;
  private @Nullable Process postmaster;

  private PostgreSqlServer(Path folder, int port) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.port = port;
  }

  /** Returns a server that takes connections. It is stopped when it is closed, or else when the JVM ends. */
  public static PostgreSqlServer start() throws IOException {
    // Not below target: nobody must reach it, and the path of a socket has at most 107 bytes.
    Path folder = Files.createTempDirectory("counterfoil-postgres");
    PostgreSqlServer server = new PostgreSqlServer(folder, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Binaries.unpack(folder);
    Files.createDirectory(server.data);
    if (Root.isHere()) {
      Files.setAttribute(server.data, "unix:uid", NOBODY);
    }
    server.run(
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
    if (postmaster != null && postmaster.isAlive()) {
      signal("STOP", Stream.of(postmaster.toHandle())); // so that there will be no more children
      signal("KILL", Stream.concat(postmaster.descendants(), Stream.of(postmaster.toHandle())));
      ended(postmaster, TimeUnit.SECONDS.toMillis(PATIENCE));
    }
  }

  /** By one command for all: Java looks at each before it signals it, which gives the others time. */
  private static void signal(String name, Stream<ProcessHandle> processes) throws IOException {
    String pids =
        processes.map(process -> String.valueOf(process.pid())).collect(Collectors.joining(" "));
    Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + ' ' + pids).start();
    ended(kill, TimeUnit.SECONDS.toMillis(PATIENCE));
  }

  /**
   * Starts it again after a kill, in the same folder and on the same port; returns when it takes connections.
   *
   * <p>As long as the kernel has not cleared away the last of the killed processes, a new server finds their memory in use and
   * gives up: then there is another.
   */
  public synchronized void restart() throws IOException {
    for (int launches = 0; launches < LAUNCHES; launches++) {
      Process launched = launch(
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
    for (int tries = 0; tries < PATIENCE * 10; tries++) {
      try {
        DriverManager.getConnection(url("postgres")).close();
        return true;
      } catch (SQLException notYet) {
        if (ended(launched, 100)) {
          return false;
        }
      }
    }
    throw silent();
  }

  private IOException silent() throws IOException {
    return new IOException(
        "PostgreSQL takes no connections: " + Files.readString(folder.resolve("postgres.log")));
  }

  /** Stops it, and deletes its folder. */
  @Override
  public synchronized void close() {
    try {
      if (postmaster != null && postmaster.isAlive()) {
        run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + data);
      }
      if (Files.exists(folder)) {
        Binaries.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String program, String... args) throws IOException {
    Process process = launch(program, args);
    if (!ended(process, TimeUnit.SECONDS.toMillis(PATIENCE)) || process.exitValue() != 0) {
      throw new IOException(
          program + " failed: " + Files.readString(folder.resolve(program + ".log")));
    }
  }

  private Process launch(String program, String... args) throws IOException {
    List<String> command = new ArrayList<>(as);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(program + ".log").toFile())
        .start();
  }

  private static boolean ended(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
