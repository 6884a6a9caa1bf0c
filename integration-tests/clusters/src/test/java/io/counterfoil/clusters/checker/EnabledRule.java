package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * If a call shows that a token is enabled (disabled) after another call has shown the opposite or made it so, then a call that
 * enables (disables) it may have taken effect between the two.
 *
 * <p>An acceptance shows that the token is enabled, and a rejection as disabled that it is not.
 */
final class EnabledRule implements Rule {

  /** A call that made a token enabled or disabled, or showed it so. */
  private record Sighting(Call call, boolean enabled) {}

  @Override
  public List<Violation> violations(CallIndex index) {
    return index.tokens().stream()
        .flatMap(token -> new Check(token, index.order()).violations())
        .toList();
  }

  /** The check of one token. */
  private static final class Check {
    private final TokenCalls token;
    private final EffectOrder order;
    private final List<Call> enabling;
    private final List<Call> disabling;
    private final List<Sighting> readings;
    private final List<Call> enabledBy;
    private final List<Call> disabledBy;

    Check(TokenCalls token, EffectOrder order) {
      this.token = token;
      this.order = order;
      enabling = new ArrayList<>(token.changes(Kind.ENABLE));
      enabling.add(token.creation());
      disabling = token.changes(Kind.DISABLE);
      readings = readings(token);
      enabledBy = evidence(enabling, true);
      disabledBy = evidence(disabling, false);
    }

    private static List<Sighting> readings(TokenCalls token) {
      Stream<Sighting> rows = token.readings().stream()
          .filter(reading -> reading.call().kind() != Kind.AUTHENTICATE)
          .map(reading -> new Sighting(reading.call(), reading.row().enabled()));
      Stream<Sighting> accepted =
          token.verdicts(Outcome.ACCEPTED).stream().map(call -> new Sighting(call, true));
      Stream<Sighting> rejected =
          token.rejections("DISABLED").stream().map(call -> new Sighting(call, false));
      return Stream.of(rows, accepted, rejected).flatMap(found -> found).toList();
    }

    /** Returns the calls that made the token so or showed it so, the last begin first. */
    private List<Call> evidence(List<Call> writers, boolean enabled) {
      Stream<Call> made = writers.stream().filter(call -> call.outcome().isDone());
      Stream<Call> shown =
          readings.stream().filter(reading -> reading.enabled() == enabled).map(Sighting::call);
      return Stream.concat(made, shown)
          .sorted(Comparator.comparingLong(Call::begin).reversed())
          .toList();
    }

    Stream<Violation> violations() {
      return readings.stream().flatMap(this::violation);
    }

    private Stream<Violation> violation(Sighting reading) {
      List<Call> writers = (reading.enabled() ? enabling : disabling)
          .stream().filter(call -> !order.isBefore(reading.call(), call)).toList();
      if (writers.isEmpty()) {
        return Stream.of(violation(reading, List.of(reading.call())));
      }
      for (Call opposite : reading.enabled() ? disabledBy : enabledBy) {
        if (order.isBefore(opposite, reading.call())) {
          if (writers.stream().allMatch(writer -> order.isBefore(writer, opposite))) {
            return Stream.of(violation(reading, List.of(opposite, reading.call())));
          }
          if (order.staleness(opposite) == 0) {
            return Stream.empty(); // what was shown before tells less
          }
        }
      }
      return Stream.empty();
    }

    private Violation violation(Sighting reading, List<Call> calls) {
      String change = reading.enabled() ? "disabled" : "enabled";
      Guarantee guarantee = switch (reading.call().outcome()) {
        case ACCEPTED -> Guarantee.NO_STALE_ACCEPTANCE;
        case REJECTED -> Guarantee.NO_REFUSAL;
        default -> Guarantee.NO_LOST_CHANGE;
      };
      String shown = switch (reading.call().outcome()) {
        case ACCEPTED -> "accepted";
        case REJECTED -> "rejected as disabled";
        default -> reading.enabled() ? "shown as enabled" : "shown as disabled";
      };
      return new Violation(
          guarantee, token.label() + " was " + change + ", but was then " + shown, calls);
    }
  }
}
