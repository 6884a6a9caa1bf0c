package io.counterfoil.clusters.checker;

import java.util.List;

/**
 * A rule that every history of a correct store obeys.
 *
 * <p>A rule reports a violation only if no legal order of effects explains the calls. Each call takes effect at one moment between
 * its begin and its end. A change with an unknown outcome takes effect at any time after its begin, or never.
 */
@FunctionalInterface
interface Rule {
  List<Violation> violations(CallIndex index);
}
