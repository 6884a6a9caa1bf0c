package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The panel's jar in its own process and folder. */
final class PanelProcess implements AutoCloseable {
  static final String API = "/panel/api/setting/apiTokens";
  static final String STATUS = "/panel/api/server/status";

  /** Options that save a third of the processor time of a start. This matters because the tests start many panels. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final String FIRST = "First token (shown once): ";
  private static final String NEW = "New token (shown once): ";
  private static final String LISTENING = "Listening on ";
  private static final int TIMEOUT_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> lines = new ArrayList<>();
  private final Path errors;
  private final Process process;

  private PanelProcess(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-jar", System.getProperty("panel.jar")));
    command.addAll(List.of(args));
    errors = Files.createTempFile(folder, "panel", ".err");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Starts a panel on any free port, and returns once it listens. */
  static PanelProcess start(Path folder, String... args) throws IOException {
    return begin(folder, args).awaitListening();
  }

  /** Starts a panel on any free port, and does not wait for it. */
  static PanelProcess begin(Path folder, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--port=0"));
    all.addAll(List.of(args));
    return new PanelProcess(folder, Map.of(), all.toArray(String[]::new));
  }

  /** Runs the jar until it exits. */
  static PanelProcess run(Path folder, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    PanelProcess panel = new PanelProcess(folder, environment, args);
    panel.process.inputReader(UTF_8).lines().forEach(panel.lines::add);
    panel.exitCode();
    return panel;
  }

  /** Reads the output up to the last line that a panel prints when it starts to listen. */
  PanelProcess awaitListening() throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new IOException("The panel exited: " + errors());
      }
      lines.add(line);
    } while (!line.endsWith(API + "/create"));
    return this;
  }

  /** Closes the reading end of the standard output. */
  void closeOutput() throws IOException {
    process.getInputStream().close();
  }

  /** Returns the lines on standard output. */
  List<String> lines() {
    return lines;
  }

  /** Returns the standard error output. */
  String errors() throws IOException {
    return Files.readString(errors, UTF_8);
  }

  boolean hasFirstToken() {
    return lines.stream().anyMatch(line -> line.startsWith(FIRST));
  }

  String firstToken() {
    return after(FIRST);
  }

  String newToken() {
    return after(NEW);
  }

  URI url() {
    return URI.create(after(LISTENING));
  }

  private String after(String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line \"" + start + "…\" in " + lines));
  }

  int status(String plaintext) throws IOException, InterruptedException {
    return get(STATUS, plaintext).statusCode();
  }

  HttpResponse<String> get(String path, String plaintext) throws IOException, InterruptedException {
    return send(request(path, plaintext).GET());
  }

  HttpResponse<String> post(String path, String plaintext, String json)
      throws IOException, InterruptedException {
    return send(request(path, plaintext)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String plaintext) {
    return HttpRequest.newBuilder(url().resolve(path))
        .header("Authorization", "Bearer " + plaintext);
  }

  /** Sends SIGTERM and does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL: no shutdown hook runs, nothing is flushed. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(TIMEOUT_SECONDS, SECONDS);
  }

  /** Waits for the exit and returns the exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, SECONDS)) {
      kill();
      throw new AssertionError("the panel did not exit");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    terminate();
    try {
      exitCode();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
