package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.server.Scenario.Round;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The results of one container in Markdown.
 *
 * <p>A ratio is the median of the ratios within each round, because other load on the machine changes all results of a round.
 */
final class ResultTable {
  private static final double LOWER_QUARTILE = 0.25;
  private static final double MEDIAN = 0.5;
  private static final double UPPER_QUARTILE = 0.75;

  private final ServletContainer container;
  private final List<Scenario> scenarios;

  ResultTable(ServletContainer container, List<Scenario> scenarios) {
    this.container = container;
    this.scenarios = scenarios;
  }

  @Override
  public String toString() {
    return """
        | %s | µs/request | least | × nothing | quartiles | × least | requests/s |
        |---|--:|--:|--:|--:|--:|--:|
        """.formatted(container)
        + scenarios.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(Scenario scenario) {
    Scenario nothing = scenarios.stream()
        .filter(other -> other.filter() == FilterKind.NOTHING)
        .findFirst()
        .orElseThrow();
    double[] micros = values(scenario, Round::micros);
    double[] ratios = ratios(scenario, nothing);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.3f | %.3f to %.3f | %.3f | %.0f |%n",
        scenario.filter(),
        quantile(micros, MEDIAN),
        quantile(micros, 0),
        quantile(ratios, MEDIAN),
        quantile(ratios, LOWER_QUARTILE),
        quantile(ratios, UPPER_QUARTILE),
        quantile(micros, 0) / quantile(values(nothing, Round::micros), 0),
        quantile(values(scenario, Round::perSecond), MEDIAN));
  }

  private static double[] values(Scenario scenario, ToDoubleFunction<Round> value) {
    return scenario.rounds().stream().mapToDouble(value).toArray();
  }

  private static double[] ratios(Scenario one, Scenario other) {
    return IntStream.range(0, one.rounds().size())
        .mapToDouble(i -> one.rounds().get(i).micros() / other.rounds().get(i).micros())
        .toArray();
  }

  /** Returns the value below which this part of the values is, interpolated between two of them. */
  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = part * (sorted.length - 1);
    double low = sorted[(int) Math.floor(position)];
    double high = sorted[(int) Math.ceil(position)];
    return low + (high - low) * (position - Math.floor(position));
  }
}
