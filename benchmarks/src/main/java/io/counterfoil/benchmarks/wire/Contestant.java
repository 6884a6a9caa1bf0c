package io.counterfoil.benchmarks.wire;

import io.counterfoil.benchmarks.wire.ServerProcess.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server under one kind of traffic, and what was measured of it. */
final class Contestant {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Guard guard;
  private final Traffic traffic;
  private final ServerProcess server;
  private final List<byte[]> requests;
  private final int status;
  private final List<Round> rounds = new ArrayList<>();
  private long answers;
  private long storeCalls;

  /**
   * What was measured at once.
   *
   * @param micros of processor time for a request
   * @param perSecond requests
   */
  record Round(double micros, double perSecond) {}

  Contestant(Guard guard, Traffic traffic, ServerProcess server) {
    this.guard = guard;
    this.traffic = traffic;
    this.server = server;
    this.requests = traffic.requests(server.plaintexts());
    boolean isRefused = traffic != Traffic.VALID && guard != Guard.NOTHING;
    this.status = isRefused ? UNAUTHORIZED : OK;
  }

  /** Is under load for that long, which does not count but for the calls of the store. */
  void warmUp(int millis) throws IOException, InterruptedException, ExecutionException {
    measured(millis);
  }

  /** Is under load for that long, which counts. */
  void run(int millis) throws IOException, InterruptedException, ExecutionException {
    rounds.add(measured(millis));
  }

  /** On new connections: a server closes those that are silent while others have their turn. */
  private Round measured(int millis) throws IOException, InterruptedException, ExecutionException {
    try (Clients clients = new Clients(server.port(), requests, status)) {
      Usage before = server.usage();
      long start = System.nanoTime();
      long answered = clients.ask(millis);
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      Usage used = server.usage().since(before);
      answers += answered;
      storeCalls += used.storeCalls();
      return new Round(used.processorNanos() / NANOS_PER_MICRO / answered, answered / seconds);
    }
  }

  Guard guard() {
    return guard;
  }

  Traffic traffic() {
    return traffic;
  }

  List<Round> rounds() {
    return rounds;
  }

  long answers() {
    return answers;
  }

  /** Returns how often the store was asked for these answers. */
  long storeCalls() {
    return storeCalls;
  }
}
