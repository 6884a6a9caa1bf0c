package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.server.ServerProcess.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server under one kind of traffic, and its measurements. */
final class Scenario {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private final FilterKind filter;
  private final Traffic traffic;
  private final ServerProcess server;
  private final List<byte[]> requests;
  private final int status;
  private final List<Round> rounds = new ArrayList<>();
  private long responses;
  private long storeCalls;

  /**
   * The measurements of one run.
   *
   * @param micros the processor time of the server per request, in microseconds
   * @param perSecond the number of requests per second
   */
  record Round(double micros, double perSecond) {}

  Scenario(FilterKind filter, Traffic traffic, ServerProcess server) {
    this.filter = filter;
    this.traffic = traffic;
    this.server = server;
    this.requests = traffic.requests(server.plaintexts());
    boolean isRejected = traffic != Traffic.VALID && filter != FilterKind.NOTHING;
    this.status = isRejected ? UNAUTHORIZED : OK;
  }

  /** Runs the scenario without keeping the times. The calls of the store are counted. */
  void warmUp(int millis) throws IOException, InterruptedException, ExecutionException {
    measured(millis);
  }

  /** Runs the scenario and keeps the measurements. */
  void run(int millis) throws IOException, InterruptedException, ExecutionException {
    rounds.add(measured(millis));
  }

  /** Opens new connections, because servers close connections that are idle while other scenarios run. */
  private Round measured(int millis) throws IOException, InterruptedException, ExecutionException {
    try (LoadGenerator clients = new LoadGenerator(server.port(), requests, status)) {
      Usage before = server.usage();
      long start = System.nanoTime();
      long responded = clients.run(millis);
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      Usage used = server.usage().since(before);
      responses += responded;
      storeCalls += used.storeCalls();
      return new Round(used.processorNanos() / NANOS_PER_MICRO / responded, responded / seconds);
    }
  }

  FilterKind filter() {
    return filter;
  }

  Traffic traffic() {
    return traffic;
  }

  List<Round> rounds() {
    return rounds;
  }

  long responses() {
    return responses;
  }

  /** Returns the number of calls of the store. */
  long storeCalls() {
    return storeCalls;
  }
}
