package io.counterfoil.clusters.checker;

import java.util.List;

/**
 * A broken guarantee.
 *
 * @param message what happened, in one sentence
 * @param calls the calls that together have no legal order
 */
public record Violation(Guarantee guarantee, String message, List<Call> calls) {

  /** Makes an unmodifiable copy of the calls. */
  public Violation {
    calls = List.copyOf(calls);
  }

  /** Returns the guarantee, the message, and a line per call with its times since that time in milliseconds. */
  String text(long origin) {
    StringBuilder text = new StringBuilder(guarantee.violation()).append(": ").append(message);
    calls.forEach(call -> text.append("\n    ").append(call.text(origin)));
    return text.toString();
  }
}
