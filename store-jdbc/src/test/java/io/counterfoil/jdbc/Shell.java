package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the shell commands of the documents. */
final class Shell {
  private Shell() {}

  /** Runs a command in a folder, and returns the lines of its output. Its errors are part of the output. */
  static List<String> run(Path folder, String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output.lines().toList();
  }
}
