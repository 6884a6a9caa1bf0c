package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Chooses operations on tokens and plaintexts that calls have returned, since clients know no others. */
final class SimulatedWorkload {
  private static final List<Integer> OVERLAPS = List.of(0, 0, 100, 200);

  private final Random random;

  /** The known plaintexts by label of the token. */
  private final Map<String, List<String>> tokens = new TreeMap<>();

  /** The token that gets half of all calls, so that many of them are concurrent. */
  private String favourite = "";

  private int labels;

  SimulatedWorkload(Random random) {
    this.random = random;
  }

  Operation next() {
    int choice = random.nextInt(100);
    if (tokens.isEmpty() || choice < 8) {
      return creation();
    }
    String token = random.nextBoolean() ? favourite : any(List.copyOf(tokens.keySet()));
    return choice < 45 ? authentication(token) : change(token, choice);
  }

  private Operation creation() {
    String label = "t" + ++labels;
    String version = "v" + labels;
    String name = "name-" + random.nextInt(4);
    int key = random.nextInt(8);
    return key > 3
        ? Operation.create(label, label + "/" + labels, name, version)
        : Operation.createOnce("key-" + key, label, label + "/" + labels, "once-" + key, version);
  }

  private Operation authentication(String token) {
    List<String> plaintexts = tokens.get(token);
    int last = plaintexts.size() - 1;
    int chosen = random.nextInt(3) == 0 ? random.nextInt(plaintexts.size()) : last;
    return Operation.authenticate(token, plaintexts.get(chosen));
  }

  private Operation change(String token, int choice) {
    if (choice < 53) {
      return Operation.disable(token);
    } else if (choice < 61) {
      return Operation.enable(token);
    } else if (choice < 71) {
      Duration overlap = Duration.ofMillis(any(OVERLAPS));
      return Operation.rotate(token, token + "/" + ++labels, overlap);
    } else if (choice < 79) {
      return Operation.update(token, "v" + ++labels);
    } else if (choice < 84) {
      return Operation.delete(token);
    }
    return choice < 97 ? Operation.read(token) : Operation.list();
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Remembers the token and the plaintext that a call has returned. */
  void ended(Operation operation, Result result) {
    if (result.outcome().isDone() && !operation.plaintext().isEmpty()) {
      tokens
          .computeIfAbsent(operation.token(), label -> new ArrayList<>())
          .add(operation.plaintext());
      favourite = operation.token();
    }
  }

  /** Returns calls that together show the final state. */
  List<Operation> finalCalls() {
    Stream<Operation> reads = tokens.keySet().stream().map(Operation::read);
    Stream<Operation> authentications = tokens.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream()
            .map(plaintext -> Operation.authenticate(entry.getKey(), plaintext)));
    return Stream.concat(Stream.of(Operation.list()), Stream.concat(reads, authentications))
        .toList();
  }
}
