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

/** A {@link Node} at work. For use by one thread. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter words;

  private NodeProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.words = process.outputWriter(UTF_8);
  }

  static NodeProcess start(String url, Duration lag, boolean isBlind) throws IOException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC", // of four on a small machine none needs more
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", // outages are made on purpose
        "-cp",
        System.getProperty("java.class.path"),
        Node.class.getName(),
        url,
        lag.toString(),
        String.valueOf(isBlind));
    return new NodeProcess(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  void awaitReady() {
    if (!"ready".equals(answer())) {
      throw new AssertionError("the node did not start");
    }
  }

  void know(int index, String plaintext) {
    ask("know " + index + ' ' + plaintext);
  }

  /** Has a token disabled, deleted or rotated, and returns when that had returned, and the new plaintext if there is one. */
  String[] change(String what, long id) {
    return ask(what + ' ' + id).split(" ");
  }

  /** Returns when the latest authentication began that accepted a plaintext; long ago if none did. */
  long lastAccepted(int index) {
    return Long.parseLong(ask("accepted " + index));
  }

  Counts counts() {
    long[] counts =
        Arrays.stream(ask("counts").split(" ")).mapToLong(Long::parseLong).toArray();
    return new Counts(counts[0], counts[1], counts[2]);
  }

  /** What has become of all authentications. */
  record Counts(long accepted, long rejected, long failed) {}

  void signal(String name) throws Exception {
    int exit = new ProcessBuilder("sh", "-c", "kill -s " + name + ' ' + process.pid())
        .start()
        .waitFor();
    if (exit != 0) {
      throw new AssertionError("kill: " + exit);
    }
  }

  private String ask(String line) {
    try {
      words.append(line).append('\n').flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the node is gone");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
