package io.counterfoil.clusters.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Operation DISABLE = Operation.disable("t1");

  @Test
  void operations_are_counted_by_kind_and_outcome() {
    Report report = report(Calls.of().create(1).done(2, 3, DISABLE).lost(4, DISABLE));

    assertThat(report.calls()).isEqualTo(3);
    assertThat(report.operations().get(Kind.DISABLE))
        .containsEntry(Outcome.DONE, 1L)
        .containsEntry(Outcome.LOST, 1L);
    assertThat(report.duration()).isEqualTo(Duration.ofMillis(4));
    assertThat(report.text())
        .contains("3 calls in 0.0 s")
        .contains("DISABLE {DONE=1, LOST=1}")
        .contains("violations: 0");
  }

  @Test
  void an_outage_is_the_time_between_two_verdicts_of_one_application() {
    Report report = report(Calls.of()
        .create(1)
        .accepted(5, 10, "t1/1")
        .failed(20, 30, Operation.authenticate("t1", "t1/1"))
        .accepted(30, 90, "t1/1")
        .by("app-2")
        .accepted(40, 50, "t1/1")
        .accepted(50, 60, "t1/1"));

    assertThat(report.longestOutages())
        .containsEntry("app-1", Duration.ofMillis(80))
        .containsEntry("app-2", Duration.ofMillis(10));
    assertThat(report.longestOutage()).isEqualTo(Duration.ofMillis(80));
  }

  @Test
  void the_time_when_a_process_did_not_run_is_no_outage() {
    Report report = report(Calls.of()
        .create(1)
        .fault(stop("app-1", 30, 80))
        .fault(stop("app-2", 20, 90))
        .accepted(5, 10, "t1/1")
        .accepted(90, 95, "t1/1"));

    assertThat(report.longestOutage()).isEqualTo(Duration.ofMillis(20));
    assertThat(report.faults()).containsEntry("stop", 2L);
  }

  @Test
  void the_latest_acceptance_is_measured_from_the_return_of_the_revocation() {
    Calls calls = Calls.of().create(1).bound("app-2", 100).done(10, 20, DISABLE).by("app-2");

    assertThat(report(calls.accepted(20, 25, "t1/1")).latestAcceptance()).isEmpty();
    Report report = report(calls.accepted(60, 65, "t1/1").accepted(50, 55, "t1/1"));
    assertThat(report.latestAcceptance()).contains(Duration.ofMillis(40));
    assertThat(report.violations()).isEmpty();
    assertThat(report.text())
        .contains("latest acceptance after a revocation: 40 ms (bound: 100 ms)");
  }

  @Test
  void an_acceptance_that_another_change_explains_is_not_late() {
    assertThat(report(Calls.of()
                .create(1)
                .done(10, 20, DISABLE)
                .done(20, 30, Operation.enable("t1"))
                .accepted(60, 65, "t1/1"))
            .latestAcceptance())
        .isEmpty();
    assertThat(report(Calls.of()
                .create(1)
                .done(10, 20, Operation.rotate("t1", "t1/2", Duration.ZERO))
                .accepted(60, 65, "t1/2"))
            .latestAcceptance())
        .isEmpty();
    assertThat(report(Calls.of()
                .create(1)
                .done(10, 20, Operation.rotate("t1", "t1/2", Duration.ofSeconds(1)))
                .accepted(60, 65, "t1/1"))
            .latestAcceptance())
        .isEmpty();
  }

  @Test
  void a_violation_names_the_calls_that_prove_it() {
    Report report = Checker.check(
        Calls.of().create(1).done(10, 20, DISABLE).accepted(30, 31, "t1/1").history());

    assertThat(report.text())
        .contains("stale acceptance: t1 was disabled, but was then accepted")
        .contains("app-1 10.000 to 20.000 ms: DISABLE t1 -> DONE")
        .contains("app-1 30.000 to 31.000 ms: AUTHENTICATE t1 t1/1 -> ACCEPTED 1 enabled v0 v0");
  }

  @Test
  void a_history_without_the_creation_of_a_token_is_rejected() {
    assertThatThrownBy(() -> Checker.check(Calls.of().done(1, 2, DISABLE).history()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no creation of its token: call app-1");
  }

  private static Report report(Calls calls) {
    return Checker.check(calls.history());
  }

  private static FaultPeriod stop(String application, long begin, long end) {
    return new FaultPeriod("stop", begin * 1_000_000, end * 1_000_000, Optional.of(application));
  }
}
