package io.counterfoil.clusters.run;

import io.counterfoil.clusters.checker.Call;
import io.counterfoil.clusters.checker.Kind;
import io.counterfoil.clusters.checker.Operation;
import io.counterfoil.clusters.checker.Outcome;
import io.counterfoil.clusters.checker.Result;
import io.counterfoil.clusters.checker.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer of an application to a command. It may contain a plaintext; its results do not.
 *
 * @param begin when the call began, by the monotonic clock that all processes of a Linux machine share
 * @param end when the call ended; {@link Call#NEVER} if the process ended before it answered
 * @param words what the call returned
 */
record Answer(long begin, long end, Outcome outcome, List<String> words) {
  private static final int ROW_WORDS = 5;

  /** Returns the answer of a process that has ended. The call began at the earliest when its command was sent. */
  static Answer lost(long sent) {
    return new Answer(sent, Call.NEVER, Outcome.LOST, List.of());
  }

  /** Parses the words between the number of the command and the end. */
  static Answer parse(List<String> words) {
    return new Answer(
        Long.parseLong(words.get(0)),
        Long.parseLong(words.get(1)),
        Outcome.valueOf(words.get(2)),
        List.copyOf(words.subList(3, words.size())));
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  boolean isNone() {
    return outcome == Outcome.NONE;
  }

  /** Returns the plaintext that a call with this operation has created. */
  Optional<String> plaintext(Operation operation) {
    return isDone() && createsPlaintext(operation) ? Optional.of(words.get(0)) : Optional.empty();
  }

  /** Returns the result for the history, without the plaintext. */
  Result result(Operation operation) {
    return switch (outcome) {
      case DONE -> Result.done(rows(createsPlaintext(operation) ? 1 : 0));
      case ACCEPTED -> new Result(outcome, rows(0), "");
      case REJECTED, REFUSED, FAILED -> new Result(outcome, List.of(), words.get(0));
      case NONE, LOST -> new Result(outcome, List.of(), "");
    };
  }

  private static boolean createsPlaintext(Operation operation) {
    return operation.kind().isCreation() || operation.kind() == Kind.ROTATE;
  }

  private List<Row> rows(int first) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < words.size(); i += ROW_WORDS) {
      rows.add(new Row(
          Long.parseLong(words.get(i)),
          words.get(i + 1),
          Boolean.parseBoolean(words.get(i + 2)),
          words.get(i + 3),
          words.get(i + 4)));
    }
    return rows;
  }
}
