package io.counterfoil.benchmarks.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** The servers of one container, each in a process of its own, under load by turns. */
final class Contest implements AutoCloseable {
  private final Container container;
  private final int tokens;
  private final Map<Guard, ServerProcess> servers = new EnumMap<>(Guard.class);
  private final List<Contestant> contestants = new ArrayList<>();

  /**
   * How much is done.
   *
   * @param rounds in each of which every contestant has its turn
   * @param warmUp how many answers each has given before it counts: the compiler goes by calls, not by time
   * @param millis how long a turn is
   * @param tokens how many there are
   */
  record Effort(int rounds, int warmUp, int millis, int tokens) {}

  private Contest(Container container, int tokens) {
    this.container = container;
    this.tokens = tokens;
  }

  /** Lets them compete, and returns what was measured. */
  static List<Contestant> run(Container container, Effort effort)
      throws IOException, InterruptedException, ExecutionException {
    try (Contest contest = new Contest(container, effort.tokens())) {
      contest.line();
      contest.warmUp(effort);
      for (int round = 0; round < effort.rounds(); round++) {
        contest.round(round, effort.millis());
      }
      return contest.contestants;
    }
  }

  /** Floods are only for who does nothing, and for who is to take them. */
  private void line() throws IOException {
    for (Guard guard : Guard.values()) {
      servers.put(guard, new ServerProcess(container, guard, tokens));
    }
    for (ServerProcess server : servers.values()) {
      server.await();
    }
    for (Guard guard : Guard.values()) {
      add(guard, Traffic.VALID);
    }
    for (Traffic flood : List.of(Traffic.RANDOM, Traffic.FORGED)) {
      add(Guard.NOTHING, flood);
      add(Guard.OURS, flood);
    }
  }

  private void add(Guard guard, Traffic traffic) {
    ServerProcess server = Objects.requireNonNull(servers.get(guard));
    contestants.add(new Contestant(guard, traffic, server));
  }

  private void warmUp(Effort effort) throws IOException, InterruptedException, ExecutionException {
    for (Contestant contestant : contestants) {
      while (contestant.answers() < effort.warmUp()) {
        contestant.warmUp(effort.millis());
      }
    }
  }

  /** Every other time in the other direction, so that nobody is always after the same neighbour. */
  private void round(int number, int millis)
      throws IOException, InterruptedException, ExecutionException {
    List<Contestant> order = new ArrayList<>(contestants);
    if (number % 2 == 1) {
      Collections.reverse(order);
    }
    for (Contestant contestant : order) {
      contestant.run(millis);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
