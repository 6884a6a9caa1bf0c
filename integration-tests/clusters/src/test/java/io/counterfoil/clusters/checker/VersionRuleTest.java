package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_HALF_CHANGE;
import static io.counterfoil.clusters.checker.Guarantee.NO_LOST_CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories that break {@link VersionRule} or {@link HalfUpdateRule}, and others that look similar but are legal. */
class VersionRuleTest {
  @Test
  void an_overwritten_version_is_not_shown() {
    Calls updated = Calls.of().create(1).done(10, 20, Operation.update("t1", "v1"));
    assertThat(updated.read(20, 21, true, "v0").broken()).isEmpty();
    assertThat(updated.read(21, 22, true, "v0").broken()).containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void an_update_of_unknown_outcome_may_overwrite_a_later_one() {
    assertThat(Calls.of()
            .create(1)
            .failed(10, 20, Operation.update("t1", "v1"))
            .done(30, 40, Operation.update("t1", "v2"))
            .read(50, 51, true, "v2")
            .read(52, 53, true, "v1")
            .broken())
        .isEmpty();
  }

  @Test
  void an_update_that_was_seen_does_not_take_effect_again() {
    assertThat(Calls.of()
            .create(1)
            .failed(10, 20, Operation.update("t1", "v1"))
            .read(22, 23, true, "v1")
            .done(30, 40, Operation.update("t1", "v2"))
            .read(52, 53, true, "v1")
            .broken())
        .containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void all_readers_agree_on_the_order_of_two_updates() {
    Calls updated = Calls.of()
        .create(1)
        .done(10, 20, Operation.update("t1", "v1"))
        .done(10, 20, Operation.update("t1", "v2"))
        .read(30, 31, true, "v1");
    assertThat(updated.broken()).isEmpty();
    assertThat(updated.read(32, 33, true, "v2").broken()).containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void a_version_is_not_shown_before_it_is_written() {
    assertThat(Calls.of()
            .create(1)
            .read(8, 9, true, "v1")
            .done(10, 20, Operation.update("t1", "v1"))
            .broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(Calls.of().create(1).read(8, 9, true, "v1").broken())
        .containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void description_and_scopes_show_one_update() {
    Operation read = Operation.read("t1");
    Result half = Result.done(new Row(1, "name-1", true, "v1", "v0"));
    assertThat(Calls.of()
            .create(1)
            .lost(10, Operation.update("t1", "v1"))
            .call(11, 12, read, half)
            .broken())
        .containsExactly(NO_HALF_CHANGE);
  }
}
