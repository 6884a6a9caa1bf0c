package io.counterfoil.examples.ownstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server in a process of its own, that keeps what it acknowledges. Its programs are for Linux and macOS; elsewhere
 * {@code -Dredis.skip=true} does without.
 */
final class RedisServer {
  private static final int PATIENCE_SECONDS = 60;

  /** Becomes the program; whatever ends the JVM ends the pipe from it, and with that the program. */
  private static final String GUARDED =
      "exec 3<&0; (cat <&3; kill -9 $$) >/dev/null 2>&1 & exec \"$@\" 3<&-";

  private final Process process;
  private final JedisPooled client;

  private RedisServer(Process process, JedisPooled client) {
    this.process = process;
    this.client = client;
  }

  /** Starts a server on what an earlier one has left in that folder, if any. It ends with the JVM at the latest. */
  static RedisServer start(Path folder) throws IOException {
    int port = freePort();
    String[] command = {
      "sh",
      "-c",
      GUARDED,
      "sh",
      program(folder).toAbsolutePath().toString(),
      "--bind",
      "127.0.0.1",
      "--port",
      String.valueOf(port),
      "--appendonly",
      "yes",
      "--appendfsync",
      "always",
      "--maxmemory-policy",
      "noeviction"
    };
    Path log = folder.resolve("redis.log");
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    RedisServer server = new RedisServer(process, new JedisPooled("127.0.0.1", port));
    if (!server.answers()) {
      process.destroyForcibly();
      throw new IOException("Redis takes no connections: " + Files.readString(log));
    }
    return server;
  }

  JedisPooled client() {
    return client;
  }

  /** Ends the server as {@code kill -9} does, and returns when it is gone. */
  void kill() throws InterruptedException {
    client.close();
    if (!process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Redis outlives a kill -9");
    }
  }

  private boolean answers() throws IOException {
    for (int tries = 0; tries < PATIENCE_SECONDS * 10; tries++) {
      try {
        client.ping();
        return true;
      } catch (JedisException notYet) {
        if (ended(process)) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Path program(Path folder) throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String name = "redis-server-7.0.15-" + system + '-' + processor;
    Path program = folder.resolve(name);
    if (!Files.exists(program)) {
      try (InputStream packed = RedisServer.class.getResourceAsStream('/' + name)) {
        Files.copy(Objects.requireNonNull(packed, name), program);
      }
      program.toFile().setExecutable(true);
    }
    return program;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
