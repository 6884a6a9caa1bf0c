package io.counterfoil.clusters.checker;

import static io.counterfoil.clusters.checker.Guarantee.NO_REFUSAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories that break {@link RefusalRule} or {@link FailureRule}, and others that look similar but are legal. */
class RefusalRuleTest {
  private static final Operation DELETE = Operation.delete("t1");

  @Test
  void a_valid_plaintext_is_not_rejected() {
    assertThat(Calls.of().create(1).rejected(2, 3, "t1/1", "UNKNOWN").broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of().create(1).rejected(2, 3, "t1/1", "EXPIRED").broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of().create(1).rejected(1, 3, "t1/1", "UNKNOWN").broken()).isEmpty();
  }

  @Test
  void a_deletion_explains_a_rejection_unless_the_token_exists_later() {
    assertThat(Calls.of()
            .create(1)
            .lost(3, DELETE)
            .rejected(2, 3, "t1/1", "UNKNOWN")
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .lost(3, DELETE)
            .rejected(2, 3, "t1/1", "UNKNOWN")
            .read(4, 5, true, "v0")
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void an_authentication_fails_only_during_a_fault_and_five_seconds_later() {
    Operation authenticate = Operation.authenticate("t1", "t1/1");
    assertThat(Calls.of().create(1).failed(6000, 6001, authenticate).broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of()
            .create(1)
            .fault(fault(100, 1000, Optional.empty()))
            .failed(6000, 6001, authenticate)
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .fault(fault(100, 999, Optional.empty()))
            .failed(6000, 6001, authenticate)
            .broken())
        .containsExactly(NO_REFUSAL);
    assertThat(Calls.of()
            .create(1)
            .fault(fault(6002, 7000, Optional.empty()))
            .failed(6000, 6001, authenticate)
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  @Test
  void the_stop_of_another_application_is_no_reason_for_a_failure() {
    Operation authenticate = Operation.authenticate("t1", "t1/1");
    assertThat(Calls.of()
            .create(1)
            .fault(fault(100, 1000, Optional.of("app-1")))
            .lost(500, authenticate)
            .broken())
        .isEmpty();
    assertThat(Calls.of()
            .create(1)
            .fault(fault(100, 1000, Optional.of("app-2")))
            .lost(500, authenticate)
            .broken())
        .containsExactly(NO_REFUSAL);
  }

  private FaultPeriod fault(long begin, long end, Optional<String> application) {
    return new FaultPeriod("stop", begin * 1_000_000, end * 1_000_000, application);
  }
}
