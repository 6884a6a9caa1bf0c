package io.counterfoil.clusters.checker;

import java.util.List;

/** Looks in a history for calls that no correct store would return. */
public final class Checker {
  private static final List<Rule> RULES = List.of(
      new EnabledRule(),
      new ExistenceRule(),
      new PlaintextRule(),
      new VersionRule(),
      new NameRule(),
      new IdRule(),
      new RefusalRule(),
      new FailureRule(),
      new HalfUpdateRule(),
      new KeyRule());

  private Checker() {}

  /**
   * Checks a history.
   *
   * @throws IllegalArgumentException if the history is incomplete: a call uses a token without the call that created it
   */
  public static Report check(History history) {
    CallIndex index = new CallIndex(history);
    List<Violation> violations =
        RULES.stream().flatMap(rule -> rule.violations(index).stream()).toList();
    return Report.of(index, violations);
  }
}
