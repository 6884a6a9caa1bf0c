package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The findings of the checker in a history.
 *
 * @param violations the broken guarantees, in the order of the rules
 * @param operations the number of calls by kind and outcome
 * @param faults the number of faults by name
 * @param longestOutages for each application, the longest time between two verdicts while its process ran
 * @param latestAcceptance the longest time from the return of a revocation to the begin of a call that still accepted the
 *     plaintext; empty if no such call began after the return. With a cache, it is at most the staleness bound
 * @param stalenessBound the longest staleness bound of an application; zero if none has a cache
 * @param duration the time from the first begin to the last end
 * @param begin the first begin, which is zero in the text
 */
public record Report(
    List<Violation> violations,
    Map<Kind, Map<Outcome, Long>> operations,
    Map<String, Long> faults,
    Map<String, Duration> longestOutages,
    Optional<Duration> latestAcceptance,
    Duration stalenessBound,
    Duration duration,
    long begin) {
  private static final int SHOWN_VIOLATIONS = 20;

  static Report of(CallIndex index, List<Violation> violations) {
    History history = index.history();
    Map<Kind, Map<Outcome, Long>> operations = new EnumMap<>(Kind.class);
    history
        .calls()
        .forEach(call -> operations
            .computeIfAbsent(call.kind(), kind -> new EnumMap<>(Outcome.class))
            .merge(call.outcome(), 1L, Long::sum));
    Map<String, Long> faults = new TreeMap<>();
    history.faults().forEach(fault -> faults.merge(fault.name(), 1L, Long::sum));
    long begin = index.calls().stream().mapToLong(Call::begin).min().orElse(0);
    long end = index.calls().stream()
        .mapToLong(call -> call.end() == Call.NEVER ? call.begin() : call.end())
        .max()
        .orElse(begin);
    return new Report(
        List.copyOf(violations),
        operations,
        faults,
        Outages.longest(index),
        Revocations.latestAcceptance(index),
        history.stalenessBounds().values().stream().max(Duration::compareTo).orElse(Duration.ZERO),
        Duration.ofNanos(end - begin),
        begin);
  }

  /** Returns the number of all calls. */
  public long calls() {
    return operations.values().stream()
        .flatMap(outcomes -> outcomes.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Returns the longest outage of any application. */
  public Duration longestOutage() {
    return longestOutages.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** Returns the report in lines of text. It shows at most 20 violations, each with the calls that prove it. */
  public String text() {
    StringBuilder text = new StringBuilder()
        .append(
            String.format(Locale.ROOT, "%d calls in %.1f s%n", calls(), duration.toMillis() / 1e3));
    operations.forEach((kind, outcomes) ->
        text.append("  ").append(kind).append(' ').append(outcomes).append(System.lineSeparator()));
    line(text, "faults", faults);
    line(text, "longest outage", millis(longestOutage()) + ' ' + longestOutages);
    line(
        text,
        "latest acceptance after a revocation",
        latestAcceptance.map(Report::millis).orElse("none after its return")
            + (stalenessBound.isZero() ? "" : " (bound: " + millis(stalenessBound) + ')'));
    line(text, "violations", violations.size());
    violations.stream()
        .limit(SHOWN_VIOLATIONS)
        .forEach(violation -> line(text, "violation", violation.text(begin)));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, Object value) {
    text.append(label).append(": ").append(value).append(System.lineSeparator());
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
