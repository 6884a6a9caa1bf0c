package io.counterfoil.clusters.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A register whose values are all different: if a call of one value was certainly before a call of another value, then no call of
 * the other value was certainly before a call of the first one.
 *
 * <p>For registers without staleness this is exact: a history that obeys it has a legal order (Gibbons and Korach, "Testing Shared
 * Memories", 1997).
 */
final class UniqueRegister {
  private final EffectOrder order;

  UniqueRegister(EffectOrder order) {
    this.order = order;
  }

  /**
   * A value: the call that wrote it, and the calls that read it.
   *
   * @param overlap how long after this value was written a reading may still show the value before it, in nanoseconds
   */
  record Value(Call writer, List<Call> readings, long overlap) {}

  /** Returns, for each pair of values that contradict each other, the calls that show it. */
  List<List<Call>> contradictions(List<Value> values) {
    List<Zone> zones = values.stream().map(Zone::new).toList();
    List<List<Call>> found = new ArrayList<>();
    for (int i = 0; i < zones.size(); i++) {
      for (int j = 0; j < i; j++) {
        Zone one = zones.get(i);
        Zone other = zones.get(j);
        List<Call> forwards = one.before(other);
        List<Call> backwards = forwards.isEmpty() ? List.of() : other.before(one);
        if (!backwards.isEmpty()) {
          found.add(
              Stream.concat(forwards.stream(), backwards.stream()).distinct().toList());
        }
      }
    }
    return found;
  }

  /** The calls of a value that decide about its place among the others. */
  private final class Zone {
    private final Value value;

    /** The call that ended first: from then on, the value had been written. */
    private final Call first;

    /** The last reading of each application, and the last one without staleness. */
    private final List<Call> last;

    Zone(Value value) {
      this.value = value;
      this.first = Stream.concat(Stream.of(value.writer()), value.readings().stream())
          .min(Comparator.comparingLong(Call::effectEnd))
          .orElseThrow();
      Map<String, Call> byApplication = new HashMap<>();
      for (Call reading : value.readings()) {
        String key = order.staleness(reading) == 0 ? "" : reading.application();
        byApplication.merge(key, reading, (a, b) -> a.begin() < b.begin() ? b : a);
      }
      this.last = List.copyOf(byApplication.values());
    }

    /** Returns a call of this value and a later one of the other value, or nothing. */
    List<Call> before(Zone other) {
      if (first.effectEnd() < other.value.writer().begin()) {
        return List.of(first, other.value.writer());
      }
      for (Call reading : other.last) {
        Optional<Call> before = Stream.of(first, value.writer())
            .filter(call -> isOver(call, reading))
            .findFirst();
        if (before.isPresent()) {
          return List.of(before.get(), reading);
        }
      }
      return List.of();
    }

    /** Returns whether a reading of another value is so late that it would have to show this one, if it came after the call. */
    private boolean isOver(Call call, Call reading) {
      long span = Math.max(value.overlap(), order.staleness(call, reading));
      return EffectOrder.later(call.effectEnd(), span) < reading.begin();
    }
  }
}
