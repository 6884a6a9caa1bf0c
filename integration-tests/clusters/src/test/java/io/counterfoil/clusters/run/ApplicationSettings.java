package io.counterfoil.clusters.run;

import java.time.Duration;
import java.util.List;

/**
 * The settings of an application.
 *
 * @param url the JDBC URL
 * @param bound the staleness bound of the cache; zero for no cache
 * @param defect the defect of the store
 */
record ApplicationSettings(String url, Duration bound, Defect defect) {
  /** The longest time that a call waits for a connection of the pool. */
  static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

  /** The longest time that the pool waits for the answer of a connection that was idle. */
  static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  List<String> arguments() {
    return List.of(url, bound.toString(), defect.name());
  }

  static ApplicationSettings parse(String[] arguments) {
    return new ApplicationSettings(
        arguments[0], Duration.parse(arguments[1]), Defect.valueOf(arguments[2]));
  }
}
