package io.counterfoil.jdbc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs among the tests, each in a process of its own. */
final class Program {
  private Program() {}

  /** Starts one. Its standard error is that of the tests. */
  static Process start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--enable-native-access")) // where SQLite needs it
        .toList());
    // Where SQLite's driver unpacks its library, which a process that is killed leaves behind.
    command.add("-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dderby.storage.indexStats.auto=false"); // as Database.DERBY is told
    // It says at length that a connection broke, which tests do on purpose.
    command.add("-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari.pool.ProxyConnection=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
