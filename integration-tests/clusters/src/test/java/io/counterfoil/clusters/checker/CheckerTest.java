package io.counterfoil.clusters.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.checker.Simulation.Settings;
import io.counterfoil.testing.Effort;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckerTest {
  private static final int HISTORIES = Effort.times(500);
  private static final int HISTORIES_UNTIL_FOUND = 20;

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 15", "true, 0", "true, 15"})
  void no_history_of_a_correct_store_breaks_a_rule(boolean hasCaches, int unknownPercent) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Settings settings = new Settings(8, 150, hasCaches, unknownPercent, Optional.empty());
      History history = new Simulation(seed, settings).run();

      Report report = Checker.check(history);

      assertThat(report.violations()).as(() -> report.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_fault_is_found_within_twenty_histories(Defect defect) {
    int found = 0;
    for (int seed = 0; seed < HISTORIES_UNTIL_FOUND; seed++) {
      boolean hasCaches =
          defect == Defect.CACHES_TOO_LONG || defect == Defect.CACHES_OVER_OWN_CHANGE;
      int unknown = defect == Defect.KEY_WITHOUT_TOKEN ? 15 : 3;
      Settings settings = new Settings(8, 150, hasCaches, unknown, Optional.of(defect));
      Report report = Checker.check(new Simulation(seed, settings).run());
      Set<Guarantee> broken =
          report.violations().stream().map(Violation::guarantee).collect(Collectors.toSet());
      if (broken.stream().anyMatch(defect.broken()::contains)) {
        found++;
      }
    }
    System.out.println(defect + " " + found);
    assertThat(found).isPositive();
  }
}
