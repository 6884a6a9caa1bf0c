package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.server.Scenario.Round;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The results of one container in Markdown.
 *
 * <p>A ratio is the median of the ratios within each round, because other load on the machine changes all results of a round.
 */
final class ResultTable {
  private final ServletContainer container;
  private final List<Scenario> scenarios;

  ResultTable(ServletContainer container, List<Scenario> scenarios) {
    this.container = container;
    this.scenarios = scenarios;
  }

  @Override
  public String toString() {
    return """
        | %s | tokens | µs/request | least | × nothing | × least | requests/s | store calls per request |
        |---|---|--:|--:|--:|--:|--:|--:|
        """.formatted(container)
        + scenarios.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(Scenario scenario) {
    Scenario nothing = find(FilterKind.NOTHING, scenario.traffic());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.2f | %.0f | %s |%n",
        scenario.filter(),
        scenario.traffic(),
        median(scenario.rounds().stream().mapToDouble(Round::micros).toArray()),
        least(scenario),
        ratio(scenario, nothing),
        least(scenario) / least(nothing),
        median(scenario.rounds().stream().mapToDouble(Round::perSecond).toArray()),
        storeCalls(scenario));
  }

  /** Only the filter of this library has a store. */
  private static String storeCalls(Scenario scenario) {
    if (scenario.filter() != FilterKind.COUNTERFOIL) {
      return "";
    }
    return String.format(
        Locale.ROOT, "%.3f", (double) scenario.storeCalls() / scenario.responses());
  }

  private Scenario find(FilterKind filter, Traffic traffic) {
    return scenarios.stream()
        .filter(scenario -> scenario.filter() == filter && scenario.traffic() == traffic)
        .findFirst()
        .orElseThrow();
  }

  private static double ratio(Scenario one, Scenario other) {
    return median(IntStream.range(0, one.rounds().size())
        .mapToDouble(i -> one.rounds().get(i).micros() / other.rounds().get(i).micros())
        .toArray());
  }

  private static double least(Scenario scenario) {
    return scenario.rounds().stream().mapToDouble(Round::micros).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
