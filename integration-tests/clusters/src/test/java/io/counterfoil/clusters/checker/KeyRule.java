package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key is recorded by exactly one call of {@code createOnce}, together with the token of that call, which exists until it is
 * deleted.
 *
 * <p>{@link ExistenceRule} checks a token whose creation has returned. This rule finds the tokens of other calls by their names.
 */
final class KeyRule implements Rule {
  @Override
  public List<Violation> violations(CallIndex index) {
    Map<String, List<Call>> keys = index.calls().stream()
        .filter(call -> call.kind() == Kind.CREATE_ONCE)
        .collect(Collectors.groupingBy(call -> call.operation().key()));
    return keys.entrySet().stream()
        .flatMap(entry -> new Check(entry.getKey(), entry.getValue(), index).violations())
        .toList();
  }

  /** The check of one key. */
  private static final class Check {
    private final String key;
    private final CallIndex index;

    /** The calls that recorded the key or may have recorded it. */
    private final List<Call> creations;

    /** The calls that found the key recorded. */
    private final List<Call> findings;

    Check(String key, List<Call> calls, CallIndex index) {
      this.key = key;
      this.index = index;
      this.creations = calls.stream().filter(Call::mayHaveChanged).toList();
      this.findings =
          calls.stream().filter(call -> call.outcome() == Outcome.NONE).toList();
    }

    Stream<Violation> violations() {
      return Stream.of(createdTwice(), recordedByNobody(), withoutToken())
          .flatMap(Collection::stream);
    }

    private List<Violation> createdTwice() {
      List<Call> created =
          creations.stream().filter(call -> call.outcome().isDone()).toList();
      return created.size() < 2 ? List.of() : List.of(violation("created two tokens", created));
    }

    private List<Violation> recordedByNobody() {
      return findings.stream()
          .filter(finding -> makers(finding).isEmpty())
          .limit(1)
          .map(finding -> violation("was recorded, although no call did it", List.of(finding)))
          .toList();
    }

    private List<Call> makers(Call finding) {
      List<Call> created =
          creations.stream().filter(call -> call.outcome().isDone()).toList();
      return (created.isEmpty() ? creations : created)
          .stream().filter(call -> !index.order().isBefore(finding, call)).toList();
    }

    /** If a creation has returned, it is the one that recorded the key. */
    private List<Violation> withoutToken() {
      if (creations.stream().anyMatch(call -> call.outcome().isDone())) {
        return List.of();
      }
      List<Violation> violations = new ArrayList<>();
      for (Call finding : findings) {
        List<Call> makers = makers(finding);
        index.calls().stream()
            .filter(call -> call.kind() == Kind.LIST && call.outcome().isDone())
            .filter(list -> index.order().isBefore(finding, list))
            .filter(list -> !makers.isEmpty() && !mayExplain(list, makers))
            .limit(1)
            .map(list -> violation("is recorded without its token", List.of(finding, list)))
            .forEach(violations::add);
      }
      return violations;
    }

    /** The list shows the token of one of the calls, or that token may have been deleted. */
    private boolean mayExplain(Call list, List<Call> makers) {
      Set<String> names =
          makers.stream().map(call -> call.operation().name()).collect(Collectors.toSet());
      Set<String> labels = makers.stream().map(Call::token).collect(Collectors.toSet());
      return list.result().rows().stream().anyMatch(row -> names.contains(row.name()))
          || index.tokens().stream()
              .filter(token -> labels.contains(token.label()))
              .flatMap(token -> token.changes(Kind.DELETE).stream())
              .anyMatch(deletion -> !index.order().isBefore(list, deletion));
    }

    private Violation violation(String what, List<Call> calls) {
      return new Violation(Guarantee.NO_HALF_CHANGE, "the key " + key + ' ' + what, calls);
    }
  }
}
