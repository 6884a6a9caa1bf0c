package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call that shows a version was not before the update that wrote it, and not after another update that began when that one had
 * ended; and all calls agree on the order of the updates.
 */
final class VersionRule implements Rule {
  @Override
  public List<Violation> violations(CallIndex index) {
    return index.tokens().stream()
        .flatMap(token -> violations(token, index.order()))
        .toList();
  }

  private static Stream<Violation> violations(TokenCalls token, EffectOrder order) {
    Map<String, List<Call>> readings = token.readings().stream()
        .filter(reading -> reading.row().description().equals(reading.row().scopes()))
        .collect(Collectors.groupingBy(
            reading -> reading.row().description(),
            Collectors.mapping(Reading::call, Collectors.toList())));
    List<Violation> violations = new ArrayList<>();
    List<UniqueRegister.Value> versions = new ArrayList<>();
    for (Call writer : writers(token)) {
      List<Call> shown = readings.remove(writer.operation().version());
      List<Call> calls = shown == null ? List.of() : shown;
      versions.add(new UniqueRegister.Value(writer, calls, 0));
      calls.stream()
          .filter(call -> order.isBefore(call, writer))
          .forEach(call -> violations.add(
              violation(token, "shows a version before it was written", List.of(call, writer))));
    }
    readings.forEach((version, calls) -> violations.add(
        violation(token, "shows a version that was not written", calls.subList(0, 1))));
    new UniqueRegister(order)
        .contradictions(versions)
        .forEach(calls -> violations.add(violation(token, "lost an update", calls)));
    return violations.stream();
  }

  private static List<Call> writers(TokenCalls token) {
    return Stream.concat(Stream.of(token.creation()), token.changes(Kind.UPDATE).stream())
        .toList();
  }

  private static Violation violation(TokenCalls token, String what, List<Call> calls) {
    return new Violation(Guarantee.NO_LOST_CHANGE, token.label() + ' ' + what, calls);
  }
}
