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

/** What a run of the command has said, and how it ended. */
record Run(int code, String out, String err) {
  /** A hash, a plaintext as the tests make them, or the greater part of one. */
  private static final Pattern SECRET = Pattern.compile("[0-9A-Fa-f]{32}");

  /** No run of any test says a secret. */
  Run {
    assertThat(out + err).doesNotContainPattern(SECRET);
  }

  /** Runs the command in this process. */
  static Run here(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Import3xUi.run(
        List.of(args),
        Map.of(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  static Run here(Panel panel, String url, String... more) {
    return here(args(panel, url, more));
  }

  /** Runs the real main in a process of its own. */
  static Run child(Path folder, Panel panel, String url) throws Exception {
    return child(folder, Integer.MAX_VALUE, launch(), args(panel, url));
  }

  /** Runs it, and kills it (SIGKILL) as soon as it has said so many lines. */
  static Run killed(Path folder, int lines, Panel panel, String url) throws Exception {
    return child(folder, lines, launch(), args(panel, url));
  }

  static Run jar(Path folder, String... args) throws Exception {
    return child(
        folder, Integer.MAX_VALUE, List.of("-jar", System.getProperty("import.jar")), args);
  }

  private static List<String> launch() {
    return List.of("-cp", System.getProperty("java.class.path"), Import3xUi.class.getName());
  }

  private static String[] args(Panel panel, String url, String... more) {
    return Stream.concat(Stream.of("--from=" + panel.file, "--jdbc-url=" + url), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Run child(Path folder, int lines, List<String> launch, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch);
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(folder, "import", ".err");
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(errors.toFile())
        .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String line = output.readLine();
      while (line != null) {
        said.add(line);
        if (said.size() == lines) {
          process.toHandle().destroyForcibly(); // and what it said goes on being readable
        }
        line = output.readLine();
      }
    }
    if (!process.waitFor(60, SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end");
    }
    return new Run(
        process.exitValue(), String.join("\n", said) + '\n', Files.readString(errors, UTF_8));
  }

  /** Returns the tokens of which it has said that, each by its id. */
  Set<String> labels(String outcome) {
    return out.lines()
        .filter(line -> line.startsWith(outcome + ": id "))
        .map(line -> line.split(" \"", 2)[0].substring(outcome.length()))
        .collect(toSet());
  }
}
