package io.counterfoil.clusters.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The installed programs, and how to run the short ones. */
public final class Programs {
  private static final long LIMIT_SECONDS = 60;

  private Programs() {}

  /** Returns the path of a program; empty if it is not installed. */
  public static Optional<Path> find(String program) {
    // The PATH of an ordinary user often lacks the folders of servers.
    Stream<String> folders = Stream.concat(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"));
    return folders
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the path of a program that a {@link Requirement} has found. */
  public static String path(String program) {
    return find(program)
        .map(Path::toString)
        .orElseThrow(() -> new IllegalStateException(program + " is not installed"));
  }

  /** Returns the command that runs a class of this class path in a JVM of its own. Its arguments follow. */
  public static List<String> java(Class<?> main, String... options) {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  /**
   * Runs a program to its end and returns its output.
   *
   * @throws IllegalStateException if the program fails; the message contains its output
   */
  public static String run(List<String> command) {
    try {
      Path output = Files.createTempFile("counterfoil", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C"); // tests read the messages
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
          throw new IllegalStateException(
              String.join(" ", command) + (ended ? " failed: " : " did not end: ") + text);
        }
        return text;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a program to its end and returns its output. */
  public static String run(String... command) {
    return run(List.of(command));
  }
}
