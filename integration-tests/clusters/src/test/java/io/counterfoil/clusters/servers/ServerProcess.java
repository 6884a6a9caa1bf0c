package io.counterfoil.clusters.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A running server: a process with all its children. It never outlives this JVM, even if that is killed with {@code kill -9}: a shell
 * starts the server, reads a pipe from this JVM, and kills the server when the pipe ends.
 *
 * <p>Thread-safe. After the server has ended, all methods except {@link #isRunning} do nothing.
 */
public final class ServerProcess implements AutoCloseable {
  private static final String GUARD = guard();

  private final Process guard;
  private final BufferedReader answers;

  private ServerProcess(Process guard) {
    this.guard = guard;
    this.answers = guard.inputReader(UTF_8);
  }

  /**
   * Starts a server.
   *
   * @param user the user to run as, if this JVM runs as root
   * @param log the file to which the output of the server is appended
   * @param command a program that does not detach itself, and its arguments
   */
  public static ServerProcess start(Host host, String user, Path log, List<String> command) {
    // In a session of its own, the guard receives no Ctrl-C of a terminal.
    List<String> line = new ArrayList<>(
        List.of(Programs.path("setsid"), "sh", "-c", GUARD, "guard", log.toString()));
    line.addAll(host.command(SystemUser.command(user, command)));
    try {
      Process guard = new ProcessBuilder(line)
          .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
      return new ServerProcess(guard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the first process of the server is running or frozen. */
  public boolean isRunning() {
    return guard.isAlive();
  }

  /** Kills all processes of the server with SIGKILL, and returns when none of them is left. */
  public void kill() {
    send("all KILL");
    awaitEnd(Duration.ofSeconds(30));
  }

  /** Stops all processes of the server with SIGSTOP. */
  public void freeze() {
    send("all STOP");
  }

  /** Continues a server after {@link #freeze}. */
  public void thaw() {
    send("all CONT");
  }

  /** Sends a signal, such as {@code TERM}, to the first process of the server. */
  public void signal(String name) {
    send("server " + name);
  }

  /** Waits until the server has ended, and returns whether it has. */
  public boolean awaitEnd(Duration limit) {
    try {
      return guard.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills the server if it is running. */
  @Override
  public void close() {
    kill();
    try {
      guard
          .outputWriter(UTF_8)
          .close(); // the guard then kills processes that outlived the first one
    } catch (IOException guardHasEnded) {
      // It has killed them.
    }
  }

  private synchronized void send(String command) {
    try {
      guard.outputWriter(UTF_8).append(command).append('\n').flush();
      Object answer = answers.readLine(); // null: the guard has ended
      if (answer != null && !answer.equals("done")) {
        throw new IllegalStateException("unexpected answer to " + command);
      }
    } catch (IOException e) {
      if (guard.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String guard() {
    try (InputStream file = ServerProcess.class.getResourceAsStream("guard.sh")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
