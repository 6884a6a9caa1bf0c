package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the tool in a process of its own. */
final class ChildProcess {
  private final List<String> launch;
  private final Map<String, String> environment;

  private ChildProcess(List<String> launch, Map<String, String> environment) {
    this.launch = launch;
    this.environment = environment;
  }

  static ChildProcess ofClasses() {
    List<String> launch = new ArrayList<>();
    if (Runtime.version().feature() >= 24) {
      launch.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of the jar allows
    }
    launch.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Counterfoil.class.getName()));
    return new ChildProcess(launch, Map.of());
  }

  static ChildProcess ofJar(Map<String, String> environment) {
    return new ChildProcess(List.of("-jar", System.getProperty("cli.jar")), environment);
  }

  CliRun run(Workplace workplace, String input, String... args) throws Exception {
    return run(workplace, input, Integer.MAX_VALUE, args);
  }

  /** Kills the process (SIGKILL) after some lines of output. */
  CliRun killed(Workplace workplace, int lines, String... args) throws Exception {
    return run(workplace, "", lines, args);
  }

  private CliRun run(Workplace workplace, String input, int lines, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // start faster
    command.addAll(launch);
    command.addAll(workplace.all(args));
    Path errors = Files.createTempFile(workplace.folder, "cli", ".err");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(workplace.folder.toFile())
        .redirectError(errors.toFile())
        .redirectInput(workplace.file("input", input).toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    StringBuilder printed = new StringBuilder();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      int count = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        printed.append(line).append('\n');
        if (++count == lines) {
          process.toHandle().destroyForcibly(); // the output stays readable
        }
      }
    }
    if (!process.waitFor(60, SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the tool did not end");
    }
    return new CliRun(process.exitValue(), printed.toString(), Files.readString(errors, UTF_8));
  }
}
