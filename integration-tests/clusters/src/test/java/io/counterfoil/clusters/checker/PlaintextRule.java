package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plaintext of a token is not accepted, or rejected as that of a disabled token, after a later rotation has returned and its
 * overlap has passed.
 *
 * <p>Of two rotations at the same time, either may be the later one, but it is the same one for all calls.
 */
final class PlaintextRule implements Rule {
  /** The end of an overlap is kept in milliseconds, and compared with a clock that may be adjusted. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMillis(50);

  @Override
  public List<Violation> violations(CallIndex index) {
    UniqueRegister register = new UniqueRegister(index.order());
    return index.tokens().stream().flatMap(token -> violations(token, register)).toList();
  }

  private static Stream<Violation> violations(TokenCalls token, UniqueRegister register) {
    List<UniqueRegister.Value> plaintexts = token.plaintextWriters().stream()
        .map(writer -> new UniqueRegister.Value(writer, token.matches(writer), overlap(writer)))
        .toList();
    return register.contradictions(plaintexts).stream().map(calls -> violation(token, calls));
  }

  private static Violation violation(TokenCalls token, List<Call> calls) {
    boolean isAccepted = calls.stream().anyMatch(call -> call.outcome() == Outcome.ACCEPTED);
    return new Violation(
        isAccepted ? Guarantee.NO_STALE_ACCEPTANCE : Guarantee.NO_LOST_CHANGE,
        token.label() + " was rotated, but a replaced plaintext still belongs to it",
        calls);
  }

  private static long overlap(Call writer) {
    Duration overlap = writer.operation().overlap();
    return overlap.isZero() ? 0 : overlap.plus(CLOCK_TOLERANCE).toNanos();
  }
}
