package io.counterfoil.jdbc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process that runs a main class of the tests. */
final class JavaProcess {
  private JavaProcess() {}

  /** Starts a process, which shares its standard error with the tests. */
  static Process start(Class<?> mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--enable-native-access")) // SQLite needs it
        .toList());
    command.add("-XX:TieredStopAtLevel=1"); // it runs for a few seconds only
    // SQLite's driver unpacks its library there, and a killed process leaves it behind.
    command.add("-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dderby.storage.indexStats.auto=false"); // as in Database.DERBY
    // It logs each broken connection at length, and tests break some on purpose.
    command.add("-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari.pool.ProxyConnection=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
