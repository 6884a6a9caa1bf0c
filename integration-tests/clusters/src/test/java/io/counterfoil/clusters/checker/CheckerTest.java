package io.counterfoil.clusters.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.checker.Simulation.Settings;
import io.counterfoil.testing.Effort;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the checker on random histories of a simulated store. */
class CheckerTest {
  private static final int CLIENTS = 8;
  private static final int CALLS = 150;
  private static final int HISTORIES = Effort.times(200);
  private static final int HISTORIES_UNTIL_FOUND = 100;

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 15", "true, 0", "true, 15"})
  void no_history_of_a_correct_store_breaks_a_rule(boolean hasCaches, int unknownPercent) {
    Settings settings = new Settings(CLIENTS, CALLS, hasCaches, unknownPercent, Optional.empty());
    for (int seed = 0; seed < HISTORIES; seed++) {
      Report report = Checker.check(new Simulation(seed, settings).run());

      assertThat(report.violations()).as(report::text).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_fault_is_found_within_100_histories(Defect defect) {
    assertThat(IntStream.range(0, HISTORIES_UNTIL_FOUND)).anyMatch(seed -> isFound(defect, seed));
  }

  private static boolean isFound(Defect defect, int seed) {
    int unknownPercent = defect == Defect.KEY_WITHOUT_TOKEN ? 15 : 3;
    Settings settings =
        new Settings(CLIENTS, CALLS, defect.needsCaches(), unknownPercent, Optional.of(defect));
    Set<Guarantee> broken =
        Checker.check(new Simulation(seed, settings).run()).violations().stream()
            .map(Violation::guarantee)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guarantee.class)));
    return !Collections.disjoint(broken, defect.broken());
  }
}
