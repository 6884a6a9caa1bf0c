package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small histories with random times and random results, most of which no store would return. */
final class TinyHistories {
  private static final int TIMES = 16;
  private static final int LENGTH = 5;
  private static final Map<String, Duration> BOUNDS = Map.of("app-1", Duration.ofNanos(3));

  private final Random random;
  private final boolean hasCache;
  private final List<Call> calls = new ArrayList<>();

  private TinyHistories(Random random, boolean hasCache) {
    this.random = random;
    this.hasCache = hasCache;
  }

  /** Returns a history of one token and up to six other calls. */
  static History ofOneToken(Random random, boolean hasCache) {
    return new TinyHistories(random, hasCache).ofOneToken();
  }

  /** Returns a history of up to three tokens with one name or key. */
  static History ofOneName(Random random) {
    return new TinyHistories(random, false).ofOneName();
  }

  private History history() {
    return new History(calls, List.of(), hasCache ? BOUNDS : Map.of());
  }

  private History ofOneToken() {
    create(1, Operation.create("t1", "t1/0", "name", "v0"));
    int count = 2 + random.nextInt(5);
    for (int i = 1; i <= count; i++) {
      int begin = LENGTH + random.nextInt(TIMES);
      Operation operation = random.nextInt(100) < 50 ? reading(begin) : change(i);
      add(operation, begin, result(operation));
    }
    return history();
  }

  private void create(long id, Operation operation) {
    Row row = new Row(id, operation.name(), true, operation.version(), operation.version());
    add(operation, 0, Result.done(row));
  }

  private void add(Operation operation, long begin, Result result) {
    long end = result.outcome() == Outcome.LOST ? Call.NEVER : begin + random.nextInt(LENGTH);
    calls.add(new Call("app-" + random.nextInt(2), operation, begin, end, result));
  }

  private Operation reading(long begin) {
    if (random.nextInt(3) == 0) {
      return random.nextBoolean() ? Operation.read("t1") : Operation.list();
    }
    return Operation.authenticate("t1", any(known(begin)));
  }

  /** Returns the plaintexts that were returned before that time. */
  private List<String> known(long begin) {
    List<String> known = calls.stream()
        .filter(call -> call.outcome().isDone() && call.end() < begin)
        .map(call -> call.operation().plaintext())
        .filter(plaintext -> !plaintext.isEmpty())
        .toList();
    return known.isEmpty() ? List.of("t1/0") : known;
  }

  private Operation change(int i) {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> Operation.disable("t1");
      case 3 -> Operation.enable("t1");
      case 4, 5 -> Operation.rotate("t1", "t1/" + i, Duration.ZERO);
      case 6, 7 -> Operation.update("t1", "v" + i);
      default -> Operation.delete("t1");
    };
  }

  private Result result(Operation operation) {
    return switch (operation.kind()) {
      case AUTHENTICATE -> verdict();
      case LIST -> random.nextInt(3) == 0 ? Result.done(List.of()) : Result.done(row());
      case READ -> random.nextInt(3) == 0 ? Result.NONE : Result.done(row());
      default -> changeResult();
    };
  }

  private Result verdict() {
    return switch (random.nextInt(4)) {
      case 0 -> Result.rejected("UNKNOWN");
      case 1 -> Result.rejected("DISABLED");
      default -> Result.accepted(row(true));
    };
  }

  private Result changeResult() {
    return switch (random.nextInt(10)) {
      case 0 -> Result.NONE;
      case 1, 2 -> Result.LOST;
      case 3 -> Result.failed(new IllegalStateException());
      default -> Result.DONE;
    };
  }

  private Row row() {
    return row(random.nextBoolean());
  }

  private Row row(boolean enabled) {
    List<String> versions = calls.stream()
        .filter(Call::mayHaveChanged)
        .map(call -> call.operation().version())
        .filter(version -> !version.isEmpty())
        .toList();
    String version = any(versions);
    return new Row(1, "name", enabled, version, version);
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private History ofOneName() {
    int tokens = 2 + random.nextInt(2);
    for (int i = 1; i <= tokens; i++) {
      addCreation(i);
    }
    List<Call> created = calls.stream().filter(call -> call.outcome().isDone()).toList();
    for (int i = 0; i < 3 && !created.isEmpty(); i++) {
      addUse(any(created));
    }
    return history();
  }

  private void addCreation(int id) {
    String label = "t" + id;
    String version = "v" + id;
    Operation operation = random.nextBoolean()
        ? Operation.create(label, label + "/0", "name", version)
        : Operation.createOnce("key", label, label + "/0", "name", version);
    Result result = switch (random.nextInt(6)) {
      case 0 -> Result.LOST;
      case 1 ->
        operation.kind() == Kind.CREATE ? Result.failed(new IllegalStateException()) : Result.NONE;
      case 2 -> Result.refused(new IllegalStateException());
      default -> Result.done(new Row(id, "name", true, version, version));
    };
    add(operation, random.nextInt(TIMES), result);
  }

  private void addUse(Call creation) {
    String token = creation.token();
    Operation operation = random.nextBoolean() ? Operation.delete(token) : Operation.read(token);
    Result done = operation.kind() == Kind.READ ? creation.result() : Result.DONE;
    add(
        operation,
        creation.end() + 1 + random.nextInt(TIMES),
        random.nextInt(4) == 0 ? Result.NONE : done);
  }
}
