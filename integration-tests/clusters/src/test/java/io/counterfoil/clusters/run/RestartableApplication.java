package io.counterfoil.clusters.run;

import io.counterfoil.clusters.servers.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An application that is started again after it was killed. Safe for use by many threads; one of them kills and starts it. */
final class RestartableApplication implements AutoCloseable {
  private static final int SECONDS_TO_START = 90;
  private static final int MOST_WAITING = 40;

  private final String name;
  private final Host host;
  private final ApplicationSettings settings;
  private final Path log;
  private volatile ApplicationProcess process;
  private volatile boolean isStopped;

  private RestartableApplication(
      String name, Host host, ApplicationSettings settings, Path log, ApplicationProcess process) {
    this.name = name;
    this.host = host;
    this.settings = settings;
    this.log = log;
    this.process = process;
  }

  static RestartableApplication start(
      String name, Host host, ApplicationSettings settings, Path log) throws IOException {
    return new RestartableApplication(
        name, host, settings, log, ApplicationProcess.start(host, settings, log));
  }

  String name() {
    return name;
  }

  /** Returns the staleness bound of its cache; zero if it has none. */
  Duration bound() {
    return settings.bound();
  }

  ApplicationProcess process() {
    return process;
  }

  CompletableFuture<Answer> send(String command) {
    return process.send(command);
  }

  boolean isReady() {
    return process.isReady();
  }

  /** Returns whether it executes commands, and does not have many to execute. */
  boolean canTakeMore() {
    return isReady() && process.waiting() < MOST_WAITING;
  }

  void awaitReady() throws Exception {
    process.awaitReady(SECONDS_TO_START);
  }

  /** Ends it with SIGKILL. */
  void kill() throws InterruptedException {
    isStopped = true;
    process.kill();
  }

  /** Starts it after {@link #kill}, and waits until it executes commands. */
  void restart() throws Exception {
    process = ApplicationProcess.start(host, settings, log);
    isStopped = false;
    awaitReady();
  }

  /** Returns whether it has ended, but nobody killed it. */
  boolean hasFailed() {
    return !isStopped && process.hasEnded();
  }

  @Override
  public void close() {
    process.close();
  }
}
