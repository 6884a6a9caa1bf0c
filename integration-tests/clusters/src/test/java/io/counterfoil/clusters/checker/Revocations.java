package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The times between revocations and later acceptances. */
final class Revocations {
  private final TokenCalls token;
  private final EffectOrder order;

  /** The creation and the calls that enabled the token or may have enabled it. */
  private final List<Call> enabling;

  private final List<Call> revocations;

  private Revocations(TokenCalls token, EffectOrder order) {
    this.token = token;
    this.order = order;
    this.enabling = Stream.concat(Stream.of(token.creation()), token.changes(Kind.ENABLE).stream())
        .toList();
    this.revocations = Stream.of(Kind.DISABLE, Kind.DELETE, Kind.ROTATE)
        .flatMap(kind -> token.changes(kind).stream())
        .filter(call -> call.outcome().isDone() && call.operation().overlap().isZero())
        .toList();
  }

  /**
   * Returns the longest time from the return of a revocation to the begin of a call that accepted the plaintext. A rotation with an
   * overlap is not a revocation.
   */
  static Optional<Duration> latestAcceptance(CallIndex index) {
    OptionalLong latest = index.tokens().stream()
        .flatMapToLong(token -> new Revocations(token, index.order()).delays())
        .max();
    return latest.isPresent()
        ? Optional.of(Duration.ofNanos(latest.getAsLong()))
        : Optional.empty();
  }

  private LongStream delays() {
    return token.verdicts(Outcome.ACCEPTED).stream()
        .flatMapToLong(acceptance -> revocations.stream()
            .filter(revocation -> revocation.end() < acceptance.begin())
            .filter(revocation -> hasRevoked(revocation, acceptance))
            .mapToLong(revocation -> acceptance.begin() - revocation.end()));
  }

  private boolean hasRevoked(Call revocation, Call acceptance) {
    return switch (revocation.kind()) {
      case DISABLE ->
        enabling.stream()
            .allMatch(
                enable -> order.isBefore(enable, revocation) || order.isBefore(acceptance, enable));
      case ROTATE ->
        token.plaintextWriters().stream()
            .filter(writer ->
                writer.operation().plaintext().equals(acceptance.operation().plaintext()))
            .allMatch(writer -> order.isBefore(writer, revocation));
      default -> true;
    };
  }
}
