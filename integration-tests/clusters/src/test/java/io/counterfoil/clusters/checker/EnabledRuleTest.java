package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_LOST_CHANGE;
import static io.counterfoil.clusters.checker.Guarantee.NO_REFUSAL;
import static io.counterfoil.clusters.checker.Guarantee.NO_STALE_ACCEPTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link EnabledRule}, and others that look similar but are legal. */
class EnabledRuleTest {
  private static final Operation DISABLE = Operation.disable("t1");
  private static final Operation ENABLE = Operation.enable("t1");

  @Test
  void an_acceptance_that_began_after_a_disable_had_returned_is_stale() {
    assertThat(
            Calls.of().create(1).done(10, 20, DISABLE).accepted(21, 22, "t1/1").broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void an_acceptance_that_began_while_the_disable_ran_is_legal() {
    assertThat(
            Calls.of().create(1).done(10, 20, DISABLE).accepted(20, 30, "t1/1").broken())
        .isEmpty();
  }

  @Test
  void an_acceptance_after_a_disable_of_unknown_outcome_is_legal() {
    assertThat(Calls.of()
            .create(1)
            .failed(10, 20, DISABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .doesNotContain(NO_STALE_ACCEPTANCE);
  }

  @Test
  void an_enable_that_ran_at_the_same_time_or_later_may_have_come_last() {
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DISABLE)
            .done(5, 10, ENABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DISABLE)
            .done(22, 30, ENABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .isEmpty();
  }

  @Test
  void an_enable_that_was_over_or_began_after_the_acceptance_explains_nothing() {
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DISABLE)
            .done(5, 9, ENABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DISABLE)
            .done(23, 30, ENABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void an_enable_of_unknown_outcome_may_take_effect_at_any_later_time() {
    assertThat(Calls.of()
            .create(1)
            .lost(5, ENABLE)
            .done(10, 20, DISABLE)
            .accepted(5000, 5001, "t1/1")
            .broken())
        .isEmpty();
  }

  @Test
  void
      an_acceptance_after_another_call_has_seen_the_disable_is_stale_even_if_its_outcome_is_unknown() {
    assertThat(Calls.of()
            .create(1)
            .lost(10, DISABLE)
            .read(11, 12, false, "v0")
            .accepted(13, 14, "t1/1")
            .broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void a_read_that_shows_a_disabled_token_as_enabled_has_lost_the_change() {
    assertThat(
            Calls.of().create(1).done(10, 20, DISABLE).read(21, 22, true, "v0").broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(
            Calls.of().create(1).done(10, 20, DISABLE).read(20, 22, true, "v0").broken())
        .isEmpty();
  }

  @Test
  void a_rejection_as_disabled_is_a_refusal_unless_a_disable_may_have_taken_effect() {
    assertThat(Calls.of().create(1).rejected(10, 11, "t1/1", "DISABLED").broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of()
            .create(1)
            .lost(10, DISABLE)
            .rejected(10, 11, "t1/1", "DISABLED")
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DISABLE)
            .done(30, 40, ENABLE)
            .rejected(41, 42, "t1/1", "DISABLED")
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void a_token_is_disabled_only_by_a_call() {
    assertThat(Calls.of()
            .lost(0, Operation.create("t1", "t1/1", "name-1", "v0"))
            .read(10, 11, false, "v0")
            .broken())
        .containsExactly(NO_LOST_CHANGE);
  }
}
