package io.counterfoil.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server under load, and its measurements. */
final class Scenario {
  private static final int OK = 200;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private final FilterKind filter;
  private final ServerProcess server;
  private final List<byte[]> requests;
  private final List<Round> rounds = new ArrayList<>();
  private long responses;

  /**
   * The measurements of one run.
   *
   * @param micros the processor time of the server per request, in microseconds
   * @param perSecond the number of requests per second
   */
  record Round(double micros, double perSecond) {}

  Scenario(FilterKind filter, ServerProcess server) {
    this.filter = filter;
    this.server = server;
    this.requests = ServedTokens.requests(server.plaintexts());
  }

  /** Runs the scenario without keeping the measurements, until the server has sent this number of responses. */
  void warmUp(int until, int millis) throws IOException, InterruptedException, ExecutionException {
    while (responses < until) {
      measured(millis);
    }
  }

  /** Runs the scenario and keeps the measurements. */
  void run(int millis) throws IOException, InterruptedException, ExecutionException {
    rounds.add(measured(millis));
  }

  /** Opens new connections, because servers close connections that are idle while other scenarios run. */
  private Round measured(int millis) throws IOException, InterruptedException, ExecutionException {
    try (LoadGenerator clients = new LoadGenerator(server.port(), requests, OK)) {
      long before = server.processorNanos();
      long start = System.nanoTime();
      long responded = clients.run(millis);
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      long used = server.processorNanos() - before;
      responses += responded;
      return new Round(used / NANOS_PER_MICRO / responded, responded / seconds);
    }
  }

  FilterKind filter() {
    return filter;
  }

  List<Round> rounds() {
    return rounds;
  }
}
