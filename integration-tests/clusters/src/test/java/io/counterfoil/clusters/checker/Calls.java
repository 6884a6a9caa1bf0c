package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds small histories by hand, in milliseconds. The token {@code t1} has the id 1, the name {@code name-1}, the version {@code
 * v0} and the plaintext {@code t1/1}, and so on.
 */
final class Calls {
  private final List<Call> calls = new ArrayList<>();
  private final List<FaultPeriod> faults = new ArrayList<>();
  private final Map<String, Duration> bounds = new TreeMap<>();
  private String application = "app-1";

  static Calls of() {
    return new Calls();
  }

  /** The following calls are made by that application. */
  Calls by(String newApplication) {
    application = newApplication;
    return this;
  }

  Calls bound(String cached, long millis) {
    bounds.put(cached, Duration.ofMillis(millis));
    return this;
  }

  Calls fault(FaultPeriod fault) {
    faults.add(fault);
    return this;
  }

  Calls call(long begin, long end, Operation operation, Result result) {
    calls.add(new Call(application, operation, nanos(begin), nanos(end), result));
    return this;
  }

  Calls done(long begin, long end, Operation operation) {
    return call(begin, end, operation, Result.DONE);
  }

  Calls lost(long begin, Operation operation) {
    calls.add(new Call(application, operation, nanos(begin), Call.NEVER, Result.LOST));
    return this;
  }

  Calls failed(long begin, long end, Operation operation) {
    return call(begin, end, operation, Result.failed(new IllegalStateException()));
  }

  /** Creates a token at 0 to 1 ms. */
  Calls create(int number) {
    return create(number, 0, 1, "name-" + number);
  }

  Calls create(int number, long begin, long end, String name) {
    String label = "t" + number;
    return call(
        begin,
        end,
        Operation.create(label, label + "/1", name, "v0"),
        Result.done(new Row(number, name, true, "v0", "v0")));
  }

  Calls accepted(long begin, long end, String plaintext) {
    return accepted(begin, end, plaintext, "v0");
  }

  Calls accepted(long begin, long end, String plaintext, String version) {
    String label = plaintext.substring(0, plaintext.indexOf('/'));
    return call(
        begin,
        end,
        Operation.authenticate(label, plaintext),
        Result.accepted(row(label, true, version)));
  }

  Calls rejected(long begin, long end, String plaintext, String reason) {
    String label = plaintext.substring(0, plaintext.indexOf('/'));
    return call(begin, end, Operation.authenticate(label, plaintext), Result.rejected(reason));
  }

  Calls read(long begin, long end, boolean enabled, String version) {
    return call(begin, end, Operation.read("t1"), Result.done(row("t1", enabled, version)));
  }

  Calls readNothing(long begin, long end) {
    return call(begin, end, Operation.read("t1"), Result.NONE);
  }

  Calls list(long begin, long end, Row... rows) {
    return call(begin, end, Operation.list(), Result.done(List.of(rows)));
  }

  private static Row row(String label, boolean enabled, String version) {
    long id = Long.parseLong(label.substring(1));
    return new Row(id, "name-" + id, enabled, version, version);
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  History history() {
    return new History(calls, faults, bounds);
  }

  /** Returns the broken guarantees, each once. */
  List<Guarantee> broken() {
    return Checker.check(history()).violations().stream()
        .map(Violation::guarantee)
        .distinct()
        .toList();
  }
}
