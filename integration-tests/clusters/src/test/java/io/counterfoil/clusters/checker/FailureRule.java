package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.List;

/** An authentication fails only if something that concerns its application is broken, or was broken in the 5 seconds before. */
final class FailureRule implements Rule {
  static final Duration RECOVERY = Duration.ofSeconds(5);

  @Override
  public List<Violation> violations(CallIndex index) {
    List<FaultPeriod> faults = index.history().faults();
    return index.calls().stream()
        .filter(call -> call.kind() == Kind.AUTHENTICATE && call.outcome().isUnknown())
        .filter(call -> faults.stream().noneMatch(fault -> explains(fault, call)))
        .map(call -> new Violation(
            Guarantee.NO_REFUSAL,
            "an authentication failed, although nothing was broken",
            List.of(call)))
        .toList();
  }

  private static boolean explains(FaultPeriod fault, Call call) {
    long repaired = EffectOrder.later(fault.end(), RECOVERY.toNanos());
    return fault.concerns(call.application())
        && fault.begin() <= call.end()
        && call.begin() <= repaired;
  }
}
