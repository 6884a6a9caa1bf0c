package io.counterfoil.clusters.checker;

import java.util.Optional;

/**
 * A time during which something was broken.
 *
 * @param name the name of the fault, for the report
 * @param begin {@link System#nanoTime} before the fault began
 * @param end {@link System#nanoTime} after it was repaired; {@link Call#NEVER} if it was not
 * @param application the application that did not run; empty if the fault was elsewhere
 */
public record FaultPeriod(String name, long begin, long end, Optional<String> application) {

  /** Returns whether that application may have failed because of this fault. */
  boolean concerns(String caller) {
    return application.isEmpty() || application.get().equals(caller);
  }
}
