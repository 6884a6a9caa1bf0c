package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Clients of a {@link SimulatedStore}, in simulated time: each call begins, takes effect and ends at random times. Some calls fail
 * or are lost; they take effect at once, much later, or never.
 *
 * <p>Equal seeds and settings give equal histories.
 */
final class Simulation {
  private static final long STEP = Duration.ofMillis(1).toNanos();

  private final Random random;
  private final Settings settings;
  private final Map<String, Duration> bounds = new TreeMap<>();
  private final SimulatedStore store;
  private final SimulatedWorkload workload;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time));
  private final List<Call> calls = new ArrayList<>();
  private int begun;

  /**
   * The settings of a simulation.
   *
   * @param clients the number of clients; each makes one call at a time. Two clients share an application
   * @param calls the number of calls
   * @param hasCaches whether every second application has a cache
   * @param unknownPercent how many changes of a hundred have an unknown outcome
   */
  record Settings(
      int clients, int calls, boolean hasCaches, int unknownPercent, Optional<Defect> defect) {}

  /** An action at a simulated time. */
  private record Event(long time, Runnable action) {}

  Simulation(long seed, Settings settings) {
    this.random = new Random(seed);
    this.settings = settings;
    if (settings.hasCaches()) {
      for (int i = 0; i < settings.clients(); i += 4) {
        bounds.put(application(i), Duration.ofMillis(30));
      }
    }
    this.store = new SimulatedStore(random, settings.defect(), bounds);
    this.workload = new SimulatedWorkload(random);
  }

  /** Runs the clients, and then reads each token, lists all tokens and authenticates each plaintext. */
  History run() {
    for (int client = 0; client < settings.clients(); client++) {
      nextCall(client, 0);
    }
    runEvents();
    long end = calls.stream().mapToLong(call -> call.begin()).max().orElse(0) + 100 * STEP;
    workload.finalCalls().forEach(operation -> begin(1, operation, end, false));
    runEvents();
    boolean hasFaults = settings.unknownPercent() > 0;
    FaultPeriod fault = new FaultPeriod("simulated", 0, Call.NEVER, Optional.empty());
    return new History(calls, hasFaults ? List.of(fault) : List.of(), bounds);
  }

  private void runEvents() {
    while (!events.isEmpty()) {
      events.remove().action().run();
    }
  }

  private static String application(int client) {
    return "app-" + client / 2;
  }

  private long soon(long time) {
    return time + random.nextInt(10) * STEP;
  }

  private void nextCall(int client, long time) {
    if (begun < settings.calls()) {
      begun++;
      long begin = soon(time);
      events.add(new Event(begin, () -> {
        Operation operation = workload.next();
        begin(client, operation, begin, random.nextInt(100) < settings.unknownPercent());
      }));
    }
  }

  private void begin(int client, Operation operation, long begin, boolean isUnknown) {
    if (operation.kind() == Kind.LIST) {
      list(client, begin);
    } else if (isUnknown) {
      fail(client, operation, begin);
    } else {
      long effect = soon(begin);
      events.add(new Event(effect, () -> {
        Result result = store.apply(application(client), operation, begin, effect, false);
        end(client, operation, begin, soon(effect), result);
      }));
    }
  }

  private void fail(int client, Operation operation, long begin) {
    long effect = random.nextBoolean() ? soon(begin) : begin + random.nextInt(300) * STEP;
    if (operation.kind().isChange() && random.nextInt(3) > 0) {
      events.add(new Event(effect, () -> {
        Result unused = store.apply(application(client), operation, begin, effect, true);
      }));
    }
    boolean isLost = random.nextBoolean();
    Result result = isLost ? Result.LOST : Result.failed(new IllegalStateException());
    long end = soon(begin);
    calls.add(new Call(application(client), operation, begin, isLost ? Call.NEVER : end, result));
    workload.ended(operation, result);
    nextCall(client, end);
  }

  /** A list is read in two pages, at different times. */
  private void list(int client, long begin) {
    long first = soon(begin);
    long second = soon(first);
    long middle = random.nextInt(20);
    events.add(new Event(first, () -> {
      List<Row> page = store.list(application(client), first, 0, middle);
      events.add(new Event(second, () -> {
        List<Row> next = store.list(application(client), second, middle, Long.MAX_VALUE);
        List<Row> rows = Stream.concat(page.stream(), next.stream()).toList();
        end(client, Operation.list(), begin, soon(second), Result.done(rows));
      }));
    }));
  }

  private void end(int client, Operation operation, long begin, long end, Result result) {
    calls.add(new Call(application(client), operation, begin, end, result));
    events.add(new Event(end, () -> {
      workload.ended(operation, result);
      nextCall(client, end);
    }));
  }
}
