package io.counterfoil.testkit;

import io.counterfoil.testkit.HistoryStep.Properties;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Histories of a few tokens, which begin with two of them. */
final class Histories implements ArbitrarySupplier<List<HistoryStep>> {
  private static final int MAX_LENGTH = 30;

  @Override
  public Arbitrary<List<HistoryStep>> get() {
    Arbitrary<HistoryStep> step = Arbitraries.frequencyOf(
        Tuple.of(3, creations()),
        Tuple.of(8, updates()),
        Tuple.of(3, Combinators.combine(tokens(), overlaps()).as(HistoryStep.Rotate::new)),
        Tuple.of(2, tokens().map(HistoryStep.Disable::new)),
        Tuple.of(1, owners().map(HistoryStep.DisableOwnedBy::new)),
        Tuple.of(3, tokens().map(HistoryStep.Enable::new)),
        Tuple.of(4, Combinators.combine(tokens(), addresses()).as(HistoryStep.Use::new)),
        Tuple.of(1, tokens().map(HistoryStep.Delete::new)),
        Tuple.of(1, Arbitraries.just(new HistoryStep.DeleteExpired())),
        Tuple.of(
            3,
            Arbitraries.of(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMinutes(9))
                .map(HistoryStep.Pause::new)));
    Arbitrary<List<HistoryStep>> steps = step.list()
        .ofMinSize(1)
        .ofMaxSize(MAX_LENGTH)
        .withSizeDistribution(RandomDistribution.uniform());
    return Combinators.combine(creations(), creations(), steps).as((first, second, rest) -> {
      rest.add(0, first);
      rest.add(1, second);
      return rest;
    });
  }

  private static Arbitrary<HistoryStep> creations() {
    return Combinators.combine(owners(), names(), properties()).as(HistoryStep.Create::new);
  }

  /** An update without a property is rejected before it reaches the store. */
  private static Arbitrary<HistoryStep> updates() {
    return Combinators.combine(tokens(), names().optional(0.4), properties())
        .as(HistoryStep.Update::new)
        .filter(step -> !step.update().isEmpty())
        .map(step -> step);
  }

  private static Arbitrary<Properties> properties() {
    return Combinators.combine(
            Arbitraries.of("", "text").optional(0.4),
            Arbitraries.of(Set.<String>of(), Set.of("read"), Set.of("read", "write"))
                .optional(0.4),
            Arbitraries.of(
                    Set.<String>of(), Set.of(ManagedToken.RANGE), Set.of(ManagedToken.OTHER_RANGE))
                .optional(0.4),
            Arbitraries.of(Duration.ofMinutes(1), Duration.ofMinutes(10))
                .optional(0.7)
                .optional(0.4))
        .as(Properties::new);
  }

  private static Arbitrary<String> owners() {
    return Arbitraries.of("", "o");
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "A", "b");
  }

  private static Arbitrary<Integer> tokens() {
    return Arbitraries.integers().between(0, 3);
  }

  private static Arbitrary<Duration> overlaps() {
    return Arbitraries.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(20));
  }

  private static Arbitrary<String> addresses() {
    return Arbitraries.of(ManagedToken.ADDRESS, ManagedToken.OTHER);
  }
}
