package io.counterfoil.clusters.checker;

import java.util.List;

/** Each call that shows a token shows the same version as description and as only scope. */
final class HalfUpdateRule implements Rule {
  @Override
  public List<Violation> violations(CallIndex index) {
    return index.calls().stream()
        .flatMap(call -> call.result().rows().stream()
            .filter(row -> !row.description().equals(row.scopes()))
            .limit(1)
            .map(row -> new Violation(
                Guarantee.NO_HALF_CHANGE,
                "token " + row.id() + " shows description " + row.description() + " and scopes "
                    + row.scopes(),
                List.of(call))))
        .toList();
  }
}
