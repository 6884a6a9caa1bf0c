package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The times between two verdicts of an application, without the times when its process did not run. */
final class Outages {
  private Outages() {}

  /** Returns the longest one for each application with at least two verdicts. */
  static Map<String, Duration> longest(CallIndex index) {
    Map<String, List<Long>> verdicts = new TreeMap<>();
    index.calls().stream()
        .filter(call -> call.outcome() == Outcome.ACCEPTED || call.outcome() == Outcome.REJECTED)
        .forEach(call -> verdicts
            .computeIfAbsent(call.application(), name -> new ArrayList<>())
            .add(call.end()));
    Map<String, Duration> longest = new TreeMap<>();
    verdicts.forEach((application, ends) -> {
      List<FaultPeriod> stops = index.history().faults().stream()
          .filter(fault -> fault.application().filter(application::equals).isPresent())
          .sorted(Comparator.comparingLong(FaultPeriod::begin))
          .toList();
      ends.sort(Comparator.naturalOrder());
      for (int i = 1; i < ends.size(); i++) {
        Duration outage = Duration.ofNanos(longest(ends.get(i - 1), ends.get(i), stops));
        longest.merge(application, outage, (a, b) -> a.compareTo(b) < 0 ? b : a);
      }
    });
    return longest;
  }

  /** Returns the longest time between two times without a stop. */
  private static long longest(long begin, long end, List<FaultPeriod> stops) {
    long longest = 0;
    long running = begin;
    for (FaultPeriod stop : stops) {
      if (stop.end() > running && stop.begin() < end) {
        longest = Math.max(longest, stop.begin() - running);
        running = Math.min(stop.end(), end);
      }
    }
    return Math.max(longest, end - running);
  }
}
