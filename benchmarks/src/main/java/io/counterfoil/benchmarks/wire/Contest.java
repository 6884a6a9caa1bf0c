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
  private int rounds;

  /**
   * How much is done.
   *
   * @param rounds in each of which every contestant has its turn
   * @param warmUps as many rounds before, that do not count
   * @param millis how long a turn is
   * @param tokens how many there are
   */
  record Effort(int rounds, int warmUps, int millis, int tokens) {}

  private Contest(Container container, int tokens) {
    this.container = container;
    this.tokens = tokens;
  }

  /** Lets them compete, and returns what was measured. */
  static List<Contestant> run(Container container, Effort effort)
      throws IOException, InterruptedException, ExecutionException {
    try (Contest contest = new Contest(container, effort.tokens())) {
      contest.line();
      for (int round = -effort.warmUps(); round < effort.rounds(); round++) {
        contest.round(effort.millis(), round >= 0);
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

  private void add(Guard guard, Traffic traffic) throws IOException {
    ServerProcess server = Objects.requireNonNull(servers.get(guard));
    contestants.add(new Contestant(guard, traffic, server));
  }

  /** Every other time in the other direction, so that nobody is always after the same neighbour. */
  private void round(int millis, boolean isWarm)
      throws IOException, InterruptedException, ExecutionException {
    List<Contestant> order = new ArrayList<>(contestants);
    if (rounds++ % 2 == 1) {
      Collections.reverse(order);
    }
    for (Contestant contestant : order) {
      contestant.run(millis, isWarm);
    }
  }

  @Override
  public void close() throws IOException {
    for (Contestant contestant : contestants) {
      contestant.close();
    }
    for (ServerProcess server : servers.values()) {
      server.close();
    }
  }
}
