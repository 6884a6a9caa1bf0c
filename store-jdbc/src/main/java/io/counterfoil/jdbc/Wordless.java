package io.counterfoil.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures of a driver, without words that may quote a value.
 *
 * <p>Drivers quote what they were given: PostgreSQL names the key that is there already, H2 shows the whole row. A hash or a
 * name must not come into a log that way (L1). What they say of connections, privileges, missing tables and the like is kept:
 * somebody will need it at night.
 */
final class Wordless {
  /** The SQLState classes of failures that have to do with values not at all; H2 has 90 for its own. SQLite has no SQLState. */
  private static final List<String> HARMLESS =
      List.of("08", "0A", "25", "28", "2D", "3D", "40", "42", "53", "54", "55", "57", "58", "90");

  private static final int STATE_CLASS = 2;

  /** Far more than any chain is long, unless it is a circle. */
  private static final int MOST = 20;

  private Wordless() {}

  /** Returns the failure itself if all of it is harmless; otherwise its type, codes and stack traces. */
  static Throwable of(Throwable failure) {
    return isHarmless(failure, MOST) ? failure : copy(failure, MOST);
  }

  private static boolean isHarmless(@Nullable Throwable failure, int most) {
    if (failure == null) {
      return true;
    }
    if (most == 0 || (failure instanceof SQLException sql && !isHarmless(sql))) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!isHarmless(suppressed, most - 1)) {
        return false;
      }
    }
    return isHarmless(failure.getCause(), most - 1);
  }

  private static boolean isHarmless(SQLException failure) {
    String state = failure.getSQLState();
    boolean harmless = state == null
        || (state.length() >= STATE_CLASS && HARMLESS.contains(state.substring(0, STATE_CLASS)));
    return harmless && failure.getNextException() == null;
  }

  private static SQLException copy(Throwable failure, int most) {
    SQLException copy = failure instanceof SQLException sql
        ? new SQLException(words(failure, sql.getSQLState()), sql.getSQLState(), sql.getErrorCode())
        : new SQLException(failure.getClass().getName());
    copy.setStackTrace(failure.getStackTrace());
    Throwable cause = failure.getCause();
    if (cause != null && most > 0) {
      copy.initCause(copy(cause, most - 1));
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (most > 0) {
        copy.addSuppressed(copy(suppressed, most - 1));
      }
    }
    return copy;
  }

  private static String words(Throwable failure, @Nullable String state) {
    return failure.getClass().getName() + " (SQLState " + state
        + "): what it said is left out, it may quote values";
  }
}
