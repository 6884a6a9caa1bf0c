package io.counterfoil.examples.gateway;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A running gateway, with the files of this example. Only the ports differ.
 *
 * <p>The tests use the installed programs; they download nothing. If one is missing, its tests are skipped with a message; with
 * {@code -Dgateways.required=true} they fail.
 */
final class Gateway implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

  /** Each program with the files that it needs. */
  enum Kind {
    NGINX("nginx", "nginx.conf"),
    CADDY("caddy", "Caddyfile"),
    HAPROXY("haproxy", "haproxy.cfg");

    private final String program;
    private final String file;

    Kind(String program, String file) {
      this.program = program;
      this.file = file;
    }

    private List<String> files() {
      return this == HAPROXY ? List.of(file, "auth.lua") : List.of(file);
    }

    private List<String> command(Path folder) {
      String config = folder.resolve(file).toString();
      return switch (this) {
        case NGINX ->
          List.of(path(), "-p", folder.toString(), "-c", config, "-e", "stderr", "-g", settings());
        case CADDY -> List.of(path(), "run", "--config", config, "--adapter", "caddyfile");
        case HAPROXY -> List.of(path(), "-C", folder.toString(), "-f", config, "-db");
      };
    }

    /** Other users may not be allowed to enter the folder of the build. */
    private static String settings() {
      return "root".equals(System.getProperty("user.name"))
          ? "daemon off; user root;"
          : "daemon off;";
    }

    /** Debian installs servers into a folder that is not on the path of every user. */
    private String path() {
      String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
      return Stream.of(folders.split(File.pathSeparator))
          .map(folder -> Path.of(folder, program))
          .filter(Files::isExecutable)
          .findFirst()
          .map(Path::toString)
          .orElseGet(
              () -> skip("The gateway " + program + " is not tested, because it is not on the PATH"
                  + " (on Debian: apt-get install " + program + ')'));
    }
  }

  private final Process process;
  private final Path log;
  private final int port;

  private Gateway(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  private static String skip(String message) {
    if (Boolean.getBoolean("gateways.required")) {
      throw new AssertionError(message);
    }
    System.err.println(message); // also in the build's output, not only in the test report
    return Assumptions.abort(message);
  }

  /** Starts a gateway in front of an application. */
  static Gateway start(Kind kind, int authenticator, int application) throws Exception {
    return start(kind, authenticator, application, UnaryOperator.identity());
  }

  /** Starts a gateway whose files are edited. */
  static Gateway start(Kind kind, int authenticator, int application, UnaryOperator<String> edit)
      throws Exception {
    int port = freePort();
    Path folder = Files.createTempDirectory(Path.of("target"), kind.program).toAbsolutePath();
    for (String file : kind.files()) {
      String text = edit.apply(Files.readString(Path.of(file)));
      Files.writeString(
          folder.resolve(file),
          text.replace(":9001", ":" + authenticator)
              .replace(":9002", ":" + application)
              .replace(":8080", ":" + port));
    }
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(kind.command(folder)))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString()); // Caddy writes there
    Gateway gateway = new Gateway(builder.start(), log, port);
    gateway.awaitStart();
    return gateway;
  }

  /** Returns a port on which nothing listens. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws Exception {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!isListening()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        close();
        throw new AssertionError("The gateway did not start: " + log());
      }
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
