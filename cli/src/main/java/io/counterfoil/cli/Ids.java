package io.counterfoil.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The ids in the arguments of a command. */
final class Ids {
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private Ids() {}

  /** The message does not quote a text that is no id: it may be a plaintext. */
  static List<Long> of(List<String> texts) throws CliException {
    List<Long> ids = new ArrayList<>();
    for (String text : texts) {
      if (!ID.matcher(text).matches()) {
        throw CliException.invalid("ID: not an id", "the number in the first column of list");
      }
      ids.add(Long.parseLong(text));
    }
    return ids;
  }

  static void requireSome(List<Long> ids, String expected) throws CliException {
    if (ids.isEmpty()) {
      throw CliException.invalid("ID: missing", expected);
    }
  }

  /** Changes one token. */
  @FunctionalInterface
  interface Change {
    /** Returns whether there is such a token. */
    boolean of(long id) throws CliException;
  }

  /** Changes each token and prints the outcome; returns the exit code. */
  static int change(List<Long> ids, Session session, String outcome, Change change)
      throws CliException {
    int code = ExitCode.DONE;
    for (long id : ids) {
      if (change.of(id)) {
        session.out.outcome(outcome, id);
      } else {
        session.err.outcome("not found", id);
        code = ExitCode.REFUSED;
      }
    }
    return code;
  }

  /** An empty owner is more likely a variable that a script forgot to set than the tokens without an owner. */
  static String requireOwner(String owner) throws CliException {
    if (owner.isEmpty()) {
      throw CliException.invalid("--owner: empty", "an owner");
    }
    return owner;
  }
}
