package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All calls of a run, in any order, and what was broken meanwhile. Immutable.
 *
 * @param stalenessBounds the staleness bound of each application that has a cache
 */
public record History(
    List<Call> calls, List<FaultPeriod> faults, Map<String, Duration> stalenessBounds) {

  /** Makes unmodifiable copies. */
  public History {
    calls = List.copyOf(calls);
    faults = List.copyOf(faults);
    stalenessBounds = Map.copyOf(stalenessBounds);
  }
}
