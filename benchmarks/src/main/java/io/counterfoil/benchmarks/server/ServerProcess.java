package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** The process of a {@link ServerMain}. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private int port;
  private List<String> plaintexts = List.of();

  /** Starts the process without waiting, so that several can start at once. */
  ServerProcess(ServletContainer container, FilterKind filter, int tokens) throws IOException {
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms192m",
            "-Xmx192m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            ServerMain.class.getName(),
            container.name(),
            filter.name(),
            String.valueOf(tokens))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    output = process.inputReader(US_ASCII);
    input = process.outputWriter(US_ASCII);
  }

  /** Waits until the server accepts requests. */
  void await() throws IOException {
    port = Integer.parseInt(line());
    plaintexts = List.of(line().split(" "));
  }

  int port() {
    return port;
  }

  List<String> plaintexts() {
    return plaintexts;
  }

  /** Returns the processor time that all threads of the process have used since its start. */
  long processorNanos() throws IOException {
    input.write("\n");
    input.flush();
    return Long.parseLong(line());
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new EOFException("the server has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    input.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
