package io.counterfoil.clusters.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RequiresPrograms(Requirement.SERVERS)
@Timeout(60)
class ServerProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Like PostgreSQL and MariaDB: a child in a session of its own, and one whose parent has ended. */
  private static final String SERVER = """
      echo $$ >&2
      setsid sh -c 'echo daemon $$ >&2; exec sleep 1000' &
      (sh -c 'echo $$ >&2; exec sleep 1000' &)
      while :; do sleep 1000; done
      """;

  @TempDir
  private Path folder;

  private Path log;
  private ServerProcess server;

  @BeforeEach
  void start() throws Exception {
    log = Files.createFile(folder.resolve("log"));
    server = ServerProcess.start(Network.loopback(), "root", log, List.of("sh", "-c", SERVER));
    await(() -> pids(log).size() == 3);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void killing_a_server_kills_all_its_processes() {
    server.kill();

    assertThat(pids(log)).noneMatch(ServerProcessTest::isAlive);
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void freezing_a_server_stops_all_its_processes_until_it_is_thawed() {
    server.freeze();
    assertThat(pids(log)).allMatch(pid -> state(pid) == 'T');
    assertThat(server.isRunning()).isTrue();

    server.thaw();
    assertThat(pids(log)).noneMatch(pid -> state(pid) == 'T');
  }

  @Test
  void a_frozen_server_can_be_killed() {
    server.freeze();
    server.kill();

    assertThat(pids(log)).noneMatch(ServerProcessTest::isAlive);
  }

  @Test
  void a_server_that_ends_leaves_no_process_of_its_session() {
    long daemon = pids(log, "daemon ").get(0); // has a session of its own
    try {
      server.signal("TERM");

      assertThat(server.awaitEnd(LIMIT)).isTrue();
      assertThat(pids(log)).filteredOn(pid -> pid != daemon).noneMatch(ServerProcessTest::isAlive);
    } finally {
      ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void further_signals_to_an_ended_server_have_no_effect() {
    server.kill();

    server.freeze();
    server.thaw();
    server.kill();
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void a_server_is_killed_with_its_jvm() throws Exception {
    Path serverLog = Files.createFile(folder.resolve("log of the other JVM"));
    List<String> command = Programs.java(OtherJvm.class);
    command.add(serverLog.toString());
    Process jvm = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = jvm.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("started");
      await(() -> pids(serverLog).size() == 3);

      jvm.destroyForcibly();

      await(() -> pids(serverLog).stream().noneMatch(ServerProcessTest::isAlive));
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** A JVM that is killed while its server runs. */
  static final class OtherJvm {
    private OtherJvm() {}

    public static void main(String[] args) throws Exception {
      ServerProcess.start(
          Network.loopback(), "root", Path.of(args[0]), List.of("sh", "-c", SERVER));
      System.out.println("started");
      Thread.currentThread().join();
    }
  }

  private static List<Long> pids(Path log) {
    return pids(log, "(daemon )?");
  }

  private static List<Long> pids(Path log, String prefix) {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> line.matches(prefix + "\\d+"))
          .map(line -> Long.valueOf(line.replaceFirst(prefix, "")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAlive(long pid) {
    return state(pid) != 'X' && state(pid) != 'Z';
  }

  private static char state(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException ended) {
      return 'X';
    }
  }

  private static void await(BooleanSupplier state) {
    Polling.await("the state", LIMIT, state::getAsBoolean);
  }
}
