package io.counterfoil.clusters.checker;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A token that was created exists until a deletion takes effect, which happens once at most; after that, it never exists again.
 */
final class ExistenceRule implements Rule {
  @Override
  public List<Violation> violations(CallIndex index) {
    return index.tokens().stream()
        .flatMap(token -> violations(token, index.order()))
        .toList();
  }

  private static Stream<Violation> violations(TokenCalls token, EffectOrder order) {
    return Stream.of(gone(token, order), back(token, order), deletedTwice(token))
        .flatMap(found -> found);
  }

  private static Stream<Violation> gone(TokenCalls token, EffectOrder order) {
    List<Call> deletions = token.changes(Kind.DELETE);
    return token.absences().stream()
        .filter(absence -> deletions.stream().allMatch(call -> order.isBefore(absence, call)))
        .limit(1)
        .map(absence -> new Violation(
            Guarantee.NO_LOST_CHANGE,
            token.label() + " was created and not deleted, but does not exist",
            List.of(token.creation(), absence)));
  }

  private static Stream<Violation> back(TokenCalls token, EffectOrder order) {
    List<Call> ends = Stream.concat(
            token.changes(Kind.DELETE).stream().filter(call -> call.outcome().isDone()),
            token.absences().stream())
        .toList();
    return token.presences().stream().flatMap(presence -> {
      Optional<Call> end =
          ends.stream().filter(call -> order.isBefore(call, presence)).findFirst();
      return end.map(call -> back(token, call, presence)).stream();
    });
  }

  private static Violation back(TokenCalls token, Call end, Call presence) {
    boolean isAccepted = presence.outcome() == Outcome.ACCEPTED;
    return new Violation(
        isAccepted ? Guarantee.NO_STALE_ACCEPTANCE : Guarantee.NO_LOST_CHANGE,
        token.label() + " was deleted, but " + (isAccepted ? "was then accepted" : "exists again"),
        List.of(end, presence));
  }

  private static Stream<Violation> deletedTwice(TokenCalls token) {
    List<Call> deletions = token.changes(Kind.DELETE).stream()
        .filter(call -> call.outcome().isDone())
        .toList();
    return deletions.size() < 2
        ? Stream.empty()
        : Stream.of(new Violation(
            Guarantee.NO_LOST_CHANGE, token.label() + " was deleted twice", deletions));
  }
}
