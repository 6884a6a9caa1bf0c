package io.counterfoil.examples.import3xui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The output and the exit code of a run of the command. */
record CommandRun(int code, String out, String err) {
  /** A hash, a plaintext of the tests, or a large part of one. */
  private static final Pattern SECRET = Pattern.compile("[0-9A-Fa-f]{32}");

  /** Asserts in every test that no secret is printed. */
  CommandRun {
    assertThat(out + err).doesNotContainPattern(SECRET);
  }

  /** Runs the command in this process. */
  static CommandRun here(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Import3xUi.run(
        List.of(args),
        Map.of(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
    return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  static CommandRun here(XuiDatabase xui, String url, String... more) {
    return here(args(xui, url, more));
  }

  /** Runs the main class in a new process. */
  static CommandRun child(Path folder, XuiDatabase xui, String url) throws Exception {
    return child(folder, Integer.MAX_VALUE, launch(), args(xui, url));
  }

  /** Runs the main class in a new process, and kills it (SIGKILL) after {@code lines} lines of output. */
  static CommandRun killed(Path folder, int lines, XuiDatabase xui, String url) throws Exception {
    return child(folder, lines, launch(), args(xui, url));
  }

  static CommandRun jar(Path folder, String... args) throws Exception {
    return child(
        folder, Integer.MAX_VALUE, List.of("-jar", System.getProperty("import.jar")), args);
  }

  private static List<String> launch() {
    return List.of("-cp", System.getProperty("java.class.path"), Import3xUi.class.getName());
  }

  private static String[] args(XuiDatabase xui, String url, String... more) {
    return Stream.concat(Stream.of("--from=" + xui.file, "--jdbc-url=" + url), Stream.of(more))
        .toArray(String[]::new);
  }

  private static CommandRun child(Path folder, int lines, List<String> launch, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // start faster
    command.addAll(launch);
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(folder, "import", ".err");
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(errors.toFile())
        .start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String line = output.readLine();
      while (line != null) {
        printed.add(line);
        if (printed.size() == lines) {
          process.toHandle().destroyForcibly(); // the output stays readable
        }
        line = output.readLine();
      }
    }
    if (!process.waitFor(60, SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end");
    }
    return new CommandRun(
        process.exitValue(), String.join("\n", printed) + '\n', Files.readString(errors, UTF_8));
  }

  /** Returns the tokens with this outcome, as "id N". */
  Set<String> labels(String outcome) {
    return out.lines()
        .filter(line -> line.startsWith(outcome + ": id "))
        .map(line -> line.split(" \"", 2)[0].substring(outcome.length()))
        .collect(toSet());
  }
}
