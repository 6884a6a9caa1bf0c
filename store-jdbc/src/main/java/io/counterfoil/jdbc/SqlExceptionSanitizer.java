package io.counterfoil.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes messages that might contain values from the exceptions of drivers.
 *
 * <p>PostgreSQL quotes the key that already exists, and H2 quotes the whole row. Hashes and names must not reach a log that way
 * (L1). Messages about connections, privileges, missing tables and the like are kept, since an operator needs them.
 */
final class SqlExceptionSanitizer {
  /** SQLState classes whose messages contain no values; 90 is H2's own. SQLite has no SQLState. */
  private static final List<String> HARMLESS = List.of(
      "08", "0A", "25", "26", "28", "2D", "3D", "40", "42", "53", "54", "55", "57", "58", "90");

  /**
   * H2's states for a closed database. Their messages are constants, so they are kept even if a cause or a suppressed exception
   * is not harmless.
   */
  private static final Set<String> CONSTANT_MESSAGE = Set.of("90098", "90121");

  private static final int STATE_CLASS = 2;

  /** Ends the recursion if a chain of causes is a cycle. */
  private static final int MAX_DEPTH = 20;

  private SqlExceptionSanitizer() {}

  /**
   * Returns the failure itself if it and all its causes are harmless; otherwise a copy that contains only the types, codes and
   * stack traces, and constant messages.
   */
  static Throwable of(Throwable failure) {
    return isHarmless(failure, MAX_DEPTH) ? failure : copy(failure, MAX_DEPTH);
  }

  private static boolean isHarmless(@Nullable Throwable failure, int depth) {
    if (failure == null) {
      return true;
    }
    if (depth == 0 || (failure instanceof SQLException sql && !isHarmless(sql))) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!isHarmless(suppressed, depth - 1)) {
        return false;
      }
    }
    return isHarmless(failure.getCause(), depth - 1);
  }

  private static boolean isHarmless(SQLException failure) {
    String state = failure.getSQLState();
    boolean harmless = state == null
        || (state.length() >= STATE_CLASS && HARMLESS.contains(state.substring(0, STATE_CLASS)));
    return harmless && failure.getNextException() == null;
  }

  private static SQLException copy(Throwable failure, int depth) {
    SQLException copy = failure instanceof SQLException sql
        ? new SQLException(
            message(failure, sql.getSQLState()), sql.getSQLState(), sql.getErrorCode())
        : new SQLException(failure.getClass().getName());
    copy.setStackTrace(failure.getStackTrace());
    Throwable cause = failure.getCause();
    if (cause != null && depth > 0) {
      copy.initCause(copy(cause, depth - 1));
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (depth > 0) {
        copy.addSuppressed(copy(suppressed, depth - 1));
      }
    }
    return copy;
  }

  private static String message(Throwable failure, @Nullable String state) {
    String removed = "message removed, since it may contain values";
    String message =
        CONSTANT_MESSAGE.contains(String.valueOf(state)) ? failure.getMessage() : removed;
    return failure.getClass().getName() + " (SQLState " + state + "): " + message;
  }
}
