package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_LOST_CHANGE;
import static io.counterfoil.clusters.checker.Guarantee.NO_STALE_ACCEPTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link ExistenceRule}, and others that look similar but are legal. */
class ExistenceRuleTest {
  private static final Operation ENABLE = Operation.enable("t1");
  private static final Operation DELETE = Operation.delete("t1");

  @Test
  void a_deleted_token_is_not_accepted() {
    assertThat(
            Calls.of().create(1).done(10, 20, DELETE).accepted(21, 22, "t1/1").broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
    assertThat(
            Calls.of().create(1).done(10, 20, DELETE).accepted(20, 22, "t1/1").broken())
        .isEmpty();
  }

  @Test
  void a_deleted_token_does_not_come_back() {
    assertThat(
            Calls.of().create(1).done(10, 20, DELETE).read(21, 22, true, "v0").broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of().create(1).done(10, 20, DELETE).done(21, 22, ENABLE).broken())
        .containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void a_token_that_was_missed_after_a_deletion_of_unknown_outcome_does_not_come_back() {
    assertThat(Calls.of()
            .create(1)
            .failed(10, 20, DELETE)
            .readNothing(30, 31)
            .read(32, 33, true, "v0")
            .broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of()
            .create(1)
            .failed(10, 20, DELETE)
            .read(30, 31, true, "v0")
            .readNothing(32, 33)
            .broken())
        .isEmpty();
  }

  @Test
  void a_token_is_gone_only_after_a_deletion() {
    assertThat(Calls.of().create(1).readNothing(10, 11).broken()).containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of().create(1).list(10, 11).broken()).containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of().create(1).list(1, 11).broken()).isEmpty();
    assertThat(Calls.of().create(1).readNothing(10, 11).lost(11, DELETE).broken())
        .isEmpty();
    assertThat(Calls.of().create(1).readNothing(10, 11).lost(12, DELETE).broken())
        .containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void a_token_is_deleted_once() {
    assertThat(Calls.of().create(1).done(10, 20, DELETE).done(10, 20, DELETE).broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, DELETE)
            .call(10, 20, DELETE, Result.NONE)
            .broken())
        .isEmpty();
  }
}
