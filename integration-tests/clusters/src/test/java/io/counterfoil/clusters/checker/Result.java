package io.counterfoil.clusters.checker;

import java.util.List;

/**
 * The result of a call. Contains no plaintext.
 *
 * @param rows the tokens that the call showed. Those of a list, the accepted token of an authentication, the token that was read.
 *     A create call shows at least the id of its token. Other changes may show the token that they return
 * @param detail the reason of a rejection, or the class of an exception; empty otherwise
 */
public record Result(Outcome outcome, List<Row> rows, String detail) {
  /** The result of a call that never returned. */
  public static final Result LOST = new Result(Outcome.LOST, List.of(), "");

  /** The result that there is no such token, or that the key is recorded. */
  public static final Result NONE = new Result(Outcome.NONE, List.of(), "");

  /** The result of a change that shows no token: disable, enable, delete returned true. */
  public static final Result DONE = done(List.of());

  /** Makes an unmodifiable copy of the rows. */
  public Result {
    rows = List.copyOf(rows);
  }

  /** Returns the result of a call that showed these tokens. */
  public static Result done(List<Row> rows) {
    return new Result(Outcome.DONE, rows, "");
  }

  /** Returns the result of a call that showed this token. */
  public static Result done(Row row) {
    return done(List.of(row));
  }

  /** Returns the result of an authentication that accepted the plaintext. */
  public static Result accepted(Row row) {
    return new Result(Outcome.ACCEPTED, List.of(row), "");
  }

  /** Returns the result of an authentication that rejected the plaintext. */
  public static Result rejected(String reason) {
    return new Result(Outcome.REJECTED, List.of(), reason);
  }

  /** Returns the result of a call that threw an exception, which promises that nothing was changed. */
  public static Result refused(Throwable exception) {
    return new Result(Outcome.REFUSED, List.of(), exception.getClass().getSimpleName());
  }

  /** Returns the result of a call that threw an exception with an unknown outcome. */
  public static Result failed(Throwable exception) {
    return new Result(Outcome.FAILED, List.of(), exception.getClass().getSimpleName());
  }
}
