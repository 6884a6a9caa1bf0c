package io.counterfoil.clusters.checker;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plaintext that a call has returned is rejected as unknown only if a deletion of its token, or later rotations, may have taken
 * effect; and never for another reason than that it is unknown or disabled. There are no expired tokens in a history.
 *
 * <p>{@link EnabledRule} checks rejections as disabled. A cache never causes a rejection, so there is no staleness here.
 */
final class RefusalRule implements Rule {
  private static final List<String> REASONS = List.of("UNKNOWN", "DISABLED");

  @Override
  public List<Violation> violations(CallIndex index) {
    return index.tokens().stream()
        .flatMap(token -> Stream.concat(
            forOtherReasons(token),
            token.plaintextWriters().stream()
                .flatMap(writer -> new Check(token, writer, index.order()).violations())))
        .toList();
  }

  private static Stream<Violation> forOtherReasons(TokenCalls token) {
    return token.verdicts(Outcome.REJECTED).stream()
        .filter(call -> !REASONS.contains(call.result().detail()))
        .map(call -> violation(token, "was rejected as " + call.result().detail(), call));
  }

  private static Violation violation(TokenCalls token, String what, Call... calls) {
    return new Violation(Guarantee.NO_REFUSAL, token.label() + ' ' + what, List.of(calls));
  }

  /** The check of one plaintext. */
  private static final class Check {
    private final TokenCalls token;
    private final Call writer;
    private final EffectOrder order;
    private final List<Call> deletions;
    private final List<Call> rotations;
    private final List<Call> presences;
    private final List<Call> matches;

    Check(TokenCalls token, Call writer, EffectOrder order) {
      this.token = token;
      this.writer = writer;
      this.order = order;
      this.deletions = token.changes(Kind.DELETE);
      this.rotations = token.changes(Kind.ROTATE).stream()
          .filter(rotation -> !rotation.equals(writer) && !order.isBefore(rotation, writer))
          .toList();
      this.presences = token.presences();
      this.matches = token.matches(writer);
    }

    private boolean isPresented(Call verdict) {
      return verdict.operation().plaintext().equals(writer.operation().plaintext());
    }

    Stream<Violation> violations() {
      return token.rejections("UNKNOWN").stream()
          .filter(this::isPresented)
          .filter(verdict -> order.isBefore(writer, verdict))
          .filter(verdict -> !mayBeDeleted(verdict) && !mayBeReplaced(verdict))
          .map(verdict -> violation(token, "was valid, but was rejected", writer, verdict));
    }

    private boolean mayBeDeleted(Call verdict) {
      return deletions.stream().anyMatch(deletion -> !order.isBefore(verdict, deletion))
          && presences.stream().noneMatch(presence -> order.isBefore(verdict, presence));
    }

    private boolean mayBeReplaced(Call verdict) {
      List<Call> before = rotations.stream()
          .filter(rotation -> !order.isBefore(verdict, rotation))
          .toList();
      // A token has two plaintexts at most, so a second rotation ends the overlap of the first one.
      boolean isOver = before.size() > 1
          || before.stream().anyMatch(rotation -> earliestEnd(rotation) <= verdict.end());
      return isOver && matches.stream().noneMatch(call -> order.isBefore(verdict, call));
    }

    private static long earliestEnd(Call rotation) {
      long overlap = rotation.operation().overlap().toNanos();
      return rotation.begin() + overlap - PlaintextRule.CLOCK_TOLERANCE.toNanos();
    }
  }
}
