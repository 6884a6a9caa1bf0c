package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_REFUSAL;
import static io.counterfoil.clusters.checker.Guarantee.NO_STALE_ACCEPTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Histories that break {@link PlaintextRule}, and others that look similar but are legal. */
class PlaintextRuleTest {
  private static final Operation ROTATE = Operation.rotate("t1", "t1/2", Duration.ZERO);
  private static final Operation ROTATE_AGAIN = Operation.rotate("t1", "t1/3", Duration.ZERO);
  private static final Operation ROTATE_WITH_OVERLAP =
      Operation.rotate("t1", "t1/2", Duration.ofSeconds(1));

  @Test
  void a_replaced_plaintext_is_not_accepted() {
    assertThat(
            Calls.of().create(1).done(10, 20, ROTATE).accepted(21, 22, "t1/1").broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
    assertThat(
            Calls.of().create(1).done(10, 20, ROTATE).accepted(20, 22, "t1/1").broken())
        .isEmpty();
  }

  @Test
  void a_rotation_of_unknown_outcome_may_be_made_later_or_never() {
    assertThat(Calls.of()
            .create(1)
            .lost(10, ROTATE)
            .accepted(500, 501, "t1/1")
            .rejected(502, 503, "t1/1", "UNKNOWN")
            .broken())
        .isEmpty();
  }

  @Test
  void a_plaintext_does_not_become_valid_again() {
    assertThat(Calls.of()
            .create(1)
            .lost(10, ROTATE)
            .rejected(502, 503, "t1/1", "UNKNOWN")
            .accepted(504, 505, "t1/1")
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void an_old_plaintext_is_valid_until_the_overlap_has_passed() {
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, ROTATE_WITH_OVERLAP)
            .accepted(1070, 1071, "t1/1")
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, ROTATE_WITH_OVERLAP)
            .accepted(1071, 1072, "t1/1")
            .broken())
        .containsExactly(NO_STALE_ACCEPTANCE);
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, ROTATE_WITH_OVERLAP)
            .rejected(955, 959, "t1/1", "UNKNOWN")
            .broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of()
            .create(1)
            .done(10, 20, ROTATE_WITH_OVERLAP)
            .rejected(955, 960, "t1/1", "UNKNOWN")
            .broken())
        .isEmpty();
  }

  @Test
  void a_second_rotation_ends_the_overlap_of_the_first_one() {
    Calls rotated =
        Calls.of().create(1).done(10, 20, ROTATE_WITH_OVERLAP).done(30, 40, ROTATE_AGAIN);
    assertThat(rotated.rejected(41, 42, "t1/1", "UNKNOWN").broken()).isEmpty();
    assertThat(rotated.accepted(41, 42, "t1/1").broken()).containsExactly(NO_STALE_ACCEPTANCE);
  }

  @Test
  void of_two_rotations_at_the_same_time_one_comes_last() {
    Calls rotated = Calls.of().create(1).done(10, 20, ROTATE).done(10, 20, ROTATE_AGAIN);
    assertThat(rotated.accepted(21, 22, "t1/2").broken()).isEmpty();
    assertThat(rotated.rejected(21, 22, "t1/3", "UNKNOWN").broken()).isEmpty();
    assertThat(rotated.accepted(23, 24, "t1/3").broken()).contains(NO_STALE_ACCEPTANCE);
  }

  @Test
  void a_rotation_that_was_refused_changed_nothing() {
    Result refused = Result.refused(new IllegalStateException());
    assertThat(Calls.of()
            .create(1)
            .call(10, 20, ROTATE, refused)
            .rejected(21, 22, "t1/1", "UNKNOWN")
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void an_earlier_rotation_does_not_replace_a_later_plaintext() {
    Calls rotated = Calls.of().create(1).done(10, 20, ROTATE).done(30, 40, ROTATE_AGAIN);
    assertThat(rotated.rejected(41, 42, "t1/3", "UNKNOWN").broken()).containsExactly(NO_REFUSAL);
  }
}
