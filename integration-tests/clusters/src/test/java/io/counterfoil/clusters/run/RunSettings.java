package io.counterfoil.clusters.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The settings of a run.
 *
 * @param name the name of the folder for the history and the logs of the applications
 * @param length the time after which no more faults begin
 * @param leastCalls the number of calls after which no more faults begin, if they take longer: on a slow or busy machine
 * @param seed the seed of all random choices. The calls still meet in another order each time
 * @param defect the defect of the last application
 * @param faults selects faults
 */
record RunSettings(
    String name,
    Duration length,
    int leastCalls,
    long seed,
    Defect defect,
    Predicate<Fault> faults) {
  private static final Duration LONGEST_FAULT = Duration.ofSeconds(10);

  /**
   * Returns settings without a defect, with all faults, and with the length and the seed that the system properties {@code
   * clusters.seconds} and {@code clusters.seed} set. Otherwise the seed is random.
   *
   * @param seconds the length in seconds, if there is no such property
   */
  static RunSettings of(String name, int seconds) {
    return new RunSettings(
        name,
        Duration.ofSeconds(Integer.getInteger("clusters.seconds", seconds)),
        0,
        Long.getLong("clusters.seed", new Random().nextInt(Integer.MAX_VALUE)),
        Defect.NONE,
        fault -> true);
  }

  /** Returns the settings with that defect. */
  RunSettings with(Defect newDefect) {
    return new RunSettings(name, length, leastCalls, seed, newDefect, faults);
  }

  /** Returns the settings of a run that takes longer, if it would make fewer calls otherwise. */
  RunSettings atLeast(int calls) {
    return new RunSettings(name, length, calls, seed, defect, faults);
  }

  /** Returns the settings with these faults only. */
  RunSettings only(Predicate<Fault> selected) {
    return new RunSettings(name, length, leastCalls, seed, defect, selected);
  }

  /** Returns the staleness bound of the last application; the others have no cache. */
  Duration bound() {
    return Duration.ofSeconds(2);
  }

  /** Returns the longest time until the repair of a fault begins: 10 seconds, less in a short run. */
  Duration longestFault() {
    Duration part = length.dividedBy(5);
    return part.compareTo(LONGEST_FAULT) < 0 ? part : LONGEST_FAULT;
  }

  Path folder() {
    return Path.of("target", "clusters", name);
  }
}
