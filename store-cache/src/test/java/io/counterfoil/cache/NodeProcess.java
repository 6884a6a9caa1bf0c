package io.counterfoil.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The process of a {@link Node}. For use by one thread. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private NodeProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /** Launches a process without a node. Each time a node has tried all its plaintexts, it pauses for this time. */
  static NodeProcess launch(String url, Duration pause) throws IOException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC", // there are four on a small machine
        "-XX:TieredStopAtLevel=1",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", // tests cause outages on purpose
        "-cp",
        System.getProperty("java.class.path"),
        Node.class.getName(),
        url,
        pause.toString());
    return new NodeProcess(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Starts a node with that staleness bound, with or without a change feed. */
  void start(Duration bound, boolean isWatching) {
    send("start " + bound + ' ' + isWatching);
  }

  void stop() {
    if (!"stopped".equals(ask("stop"))) {
      throw new AssertionError("the node did not stop");
    }
  }

  void add(int index, String plaintext) {
    send("add " + index + ' ' + plaintext);
  }

  /** Disables, deletes or rotates a token. Returns the time when that call returned and, after a rotation, the new plaintext. */
  String[] change(String change, long id) {
    return ask(change + ' ' + id).split(" ");
  }

  /** Returns, for each plaintext that was ever accepted, when the last authentication that accepted it began. */
  Map<Integer, Long> lastAccepted() {
    return Arrays.stream(ask("accepted").split(" "))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split("="))
        .collect(
            Collectors.toMap(entry -> Integer.valueOf(entry[0]), entry -> Long.valueOf(entry[1])));
  }

  Counts counts() {
    long[] counts =
        Arrays.stream(ask("counts").split(" ")).mapToLong(Long::parseLong).toArray();
    return new Counts(counts[0], counts[1], counts[2]);
  }

  /** The numbers of authentications with each outcome. */
  record Counts(long accepted, long rejected, long failed) {}

  void signal(String name) throws Exception {
    int exit = new ProcessBuilder("sh", "-c", "kill -s " + name + ' ' + process.pid())
        .start()
        .waitFor();
    if (exit != 0) {
      throw new AssertionError("kill: " + exit);
    }
  }

  private String ask(String command) {
    send(command);
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the node process has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(String command) {
    try {
      commands.append(command).append('\n').flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
