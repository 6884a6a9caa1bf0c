package io.counterfoil.clusters.checker;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A recorded call.
 *
 * @param application the name of the application. It keeps its name when its process is restarted
 * @param begin {@link System#nanoTime} before the call; if the process was killed, when the command was sent to it
 * @param end {@link System#nanoTime} after the call, even if it threw; {@link #NEVER} if it never returned
 */
public record Call(String application, Operation operation, long begin, long end, Result result) {
  /** The end of a call that never returned. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Checks that the call does not end before it begins. */
  public Call {
    if (end < begin) {
      throw new IllegalArgumentException("end: " + end + " (expected: at least " + begin + ')');
    }
  }

  Kind kind() {
    return operation.kind();
  }

  String token() {
    return operation.token();
  }

  Outcome outcome() {
    return result.outcome();
  }

  /** Returns the time at which its effect has happened for certain; {@link #NEVER} if that is unknown. */
  long effectEnd() {
    return outcome().isUnknown() ? NEVER : end;
  }

  /** Returns whether it is a change that was made, or may have been made or may be made later. */
  boolean mayHaveChanged() {
    return kind().isChange() && (outcome().isDone() || outcome().isUnknown());
  }

  /** Returns the call in one line, with its times since that time in milliseconds. Does not show the rows of a list. */
  String text(long origin) {
    String ended = end == NEVER ? "never" : millis(end - origin);
    String row = kind() == Kind.LIST
        ? result.rows().size() + " tokens"
        : result.rows().stream().map(Row::text).collect(Collectors.joining(" "));
    return application + ' ' + millis(begin - origin) + " to " + ended + " ms: "
        + Stream.of(operation.text(), "->", outcome().toString(), result.detail(), row)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" "));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }
}
