package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_LOST_CHANGE;
import static io.counterfoil.clusters.checker.Guarantee.NO_REFUSAL;
import static io.counterfoil.clusters.checker.Guarantee.NO_STALE_ACCEPTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories of applications with a cache, before and after the staleness bound. */
class StalenessTest {
  private static final Operation DISABLE = Operation.disable("t1");
  private static final Operation ENABLE = Operation.enable("t1");

  private Calls cached() {
    return Calls.of().create(1).bound("app-2", 100).done(10, 20, DISABLE);
  }

  @Test
  void another_application_with_a_cache_may_accept_until_the_bound_has_passed() {
    assertThat(cached().by("app-2").accepted(120, 121, "t1/1").broken()).isEmpty();
    assertThat(cached().by("app-2").accepted(121, 122, "t1/1").broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void an_application_may_not_accept_after_its_own_disable() {
    assertThat(Calls.of()
            .create(1)
            .bound("app-1", 100)
            .done(10, 20, DISABLE)
            .accepted(21, 22, "t1/1")
            .broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void a_read_by_id_and_a_rejection_are_not_from_the_cache() {
    assertThat(cached().by("app-2").read(21, 22, true, "v0").broken())
        .containsExactly(NO_LOST_CHANGE);
    assertThat(cached()
            .done(30, 40, ENABLE)
            .by("app-2")
            .rejected(41, 42, "t1/1", "DISABLED")
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void an_old_version_may_be_accepted_until_the_bound_has_passed() {
    Calls updated =
        Calls.of().create(1).bound("app-2", 100).done(10, 20, Operation.update("t1", "v1"));
    assertThat(updated.by("app-2").accepted(120, 121, "t1/1", "v0").broken()).isEmpty();
    assertThat(updated.accepted(121, 122, "t1/1", "v0").broken()).containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void an_application_may_not_miss_its_own_update() {
    Calls updated = Calls.of().create(1).bound("app-1", 100);
    assertThat(updated
            .done(10, 20, Operation.update("t1", "v1"))
            .by("app-2")
            .read(15, 18, true, "v1")
            .by("app-1")
            .accepted(21, 22, "t1/1", "v0")
            .broken())
        .containsExactly(NO_LOST_CHANGE);
  }

  @Test
  void an_acceptance_from_a_cache_does_not_hide_an_earlier_enable() {
    assertThat(Calls.of()
            .create(1)
            .bound("app-2", 100)
            .done(2, 3, DISABLE)
            .done(10, 20, ENABLE)
            .by("app-2")
            .accepted(40, 41, "t1/1")
            .rejected(42, 43, "t1/1", "DISABLED")
            .broken())
        .containsExactly(NO_REFUSAL);
  }
}
