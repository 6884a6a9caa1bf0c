package io.counterfoil.benchmarks.wire;

import io.counterfoil.benchmarks.wire.Contestant.Round;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one container's contestants are to each other, in Markdown. A multiple is the median of those of the same round, since a
 * shared machine is slower or faster for all of a round.
 */
final class WireTable {
  private final Container container;
  private final List<Contestant> contestants;

  WireTable(Container container, List<Contestant> contestants) {
    this.container = container;
    this.contestants = contestants;
  }

  @Override
  public String toString() {
    return """
        | %s | tokens | µs/request | least | × nothing | × least | requests/s | × Spring Security | asked of the store per request |
        |---|---|--:|--:|--:|--:|--:|--:|--:|
        """.formatted(container)
        + contestants.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(Contestant contestant) {
    Contestant nothing = find(Guard.NOTHING, contestant.traffic());
    Contestant spring = find(Guard.SPRING_SECURITY, Traffic.VALID);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.2f | %.0f | %.2f | %s |%n",
        contestant.guard(),
        contestant.traffic(),
        median(contestant.rounds().stream().mapToDouble(Round::micros).toArray()),
        least(contestant),
        multiple(contestant, nothing, Round::micros),
        least(contestant) / least(nothing),
        median(contestant.rounds().stream().mapToDouble(Round::perSecond).toArray()),
        multiple(contestant, spring, Round::perSecond),
        storeCalls(contestant));
  }

  /** Only of our own guard there is a store that counts. */
  private static String storeCalls(Contestant contestant) {
    if (contestant.guard() != Guard.OURS) {
      return "";
    }
    return String.format(
        Locale.ROOT, "%.3f", (double) contestant.storeCalls() / contestant.answers());
  }

  private Contestant find(Guard guard, Traffic traffic) {
    return contestants.stream()
        .filter(contestant -> contestant.guard() == guard && contestant.traffic() == traffic)
        .findFirst()
        .orElseThrow();
  }

  private static double multiple(
      Contestant one, Contestant other, ToDoubleFunction<Round> measure) {
    return median(IntStream.range(0, one.rounds().size())
        .mapToDouble(i -> measure.applyAsDouble(one.rounds().get(i))
            / measure.applyAsDouble(other.rounds().get(i)))
        .toArray());
  }

  private static double least(Contestant contestant) {
    return contestant.rounds().stream().mapToDouble(Round::micros).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
