package io.counterfoil.clusters.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.checker.Guarantee;
import io.counterfoil.clusters.checker.Kind;
import io.counterfoil.clusters.checker.Outcome;
import io.counterfoil.clusters.checker.Report;
import io.counterfoil.clusters.checker.Violation;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.Thorough;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the tool itself, on one database. */
@RequiresPrograms(Requirement.SERVERS)
class ClusterRunTest {
  @Thorough
  @Test
  void a_run_makes_calls_of_all_kinds_during_faults_and_finds_nothing() throws Exception {
    try (OnePostgreSql cluster = OnePostgreSql.start()) {
      Report report =
          ClusterRun.check(cluster, RunSettings.of("one-postgresql", 6).atLeast(1500));

      for (Kind kind : Kind.values()) {
        assertThat(report.operations().get(kind))
            .containsKey(kind == Kind.AUTHENTICATE ? Outcome.ACCEPTED : Outcome.DONE);
      }
      assertThat(report.faults()).isNotEmpty();
      assertThat(report.violations()).isEmpty();
    }
  }

  @Test
  void a_run_finds_an_application_that_forgets_changes() throws Exception {
    RunSettings settings = RunSettings.of("one-postgresql-forgetful", 3)
        .with(Defect.FORGETS_TO_DISABLE)
        .atLeast(1500)
        .only(fault -> false);
    assertFinds(settings, Guarantee.NO_LOST_CHANGE);
  }

  @Thorough
  @ParameterizedTest
  @CsvSource({
    "FORGETS_TO_DISABLE, NO_STALE_ACCEPTANCE",
    "CACHES_TOO_LONG, NO_STALE_ACCEPTANCE",
    "DELETES_LATER, NO_STALE_ACCEPTANCE",
    "UNDOES_CHANGES, NO_LOST_CHANGE",
    "UPDATES_IN_HALVES, NO_HALF_CHANGE",
    "MISSES_TOKENS, NO_REFUSAL",
    "RECORDS_KEYS_ONLY, NO_HALF_CHANGE"
  })
  void a_run_finds_each_defect(Defect defect, Guarantee broken) throws Exception {
    assertFinds(RunSettings.of("one-postgresql-" + defect, 8).with(defect).atLeast(3000), broken);
  }

  private static void assertFinds(RunSettings settings, Guarantee broken) throws Exception {
    try (OnePostgreSql cluster = OnePostgreSql.start()) {
      assertThat(ClusterRun.check(cluster, settings).violations())
          .extracting(Violation::guarantee)
          .contains(broken);
    }
  }
}
