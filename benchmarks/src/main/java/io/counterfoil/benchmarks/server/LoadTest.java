package io.counterfoil.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Load on the servers of one container. Each server has its own process; the scenarios take turns. */
final class LoadTest implements AutoCloseable {
  private final ServletContainer container;
  private final int tokens;
  private final Map<FilterKind, ServerProcess> servers = new EnumMap<>(FilterKind.class);
  private final List<Scenario> scenarios = new ArrayList<>();

  /**
   * The length of a load test.
   *
   * @param rounds the number of rounds; in each of them every scenario runs once
   * @param warmUp the number of responses before the measurement; a number and not a time, because the JIT compiler counts calls
   * @param millis the length of a run in milliseconds
   * @param tokens the number of tokens
   */
  record Length(int rounds, int warmUp, int millis, int tokens) {}

  private LoadTest(ServletContainer container, int tokens) {
    this.container = container;
    this.tokens = tokens;
  }

  /** Runs all scenarios, and returns them with their measurements. */
  static List<Scenario> run(ServletContainer container, Length length)
      throws IOException, InterruptedException, ExecutionException {
    try (LoadTest test = new LoadTest(container, length.tokens())) {
      test.startServers();
      test.warmUp(length);
      for (int round = 0; round < length.rounds(); round++) {
        test.round(round, length.millis());
      }
      return test.scenarios;
    }
  }

  private void startServers() throws IOException {
    for (FilterKind filter : FilterKind.values()) {
      servers.put(filter, new ServerProcess(container, filter, tokens));
    }
    for (Map.Entry<FilterKind, ServerProcess> server : servers.entrySet()) {
      server.getValue().await();
      scenarios.add(new Scenario(server.getKey(), server.getValue()));
    }
  }

  private void warmUp(Length length) throws IOException, InterruptedException, ExecutionException {
    for (Scenario scenario : scenarios) {
      scenario.warmUp(length.warmUp(), length.millis());
    }
  }

  /** Reverses the order in every other round, so that no scenario always follows the same one. */
  private void round(int number, int millis)
      throws IOException, InterruptedException, ExecutionException {
    List<Scenario> order = new ArrayList<>(scenarios);
    if (number % 2 == 1) {
      Collections.reverse(order);
    }
    for (Scenario scenario : order) {
      scenario.run(millis);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
