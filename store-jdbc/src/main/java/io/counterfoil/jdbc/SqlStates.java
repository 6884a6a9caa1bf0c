package io.counterfoil.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the SQLState of a failure says about the failed statement (ISO/IEC 9075-2, section 24). */
final class SqlStates {
  /**
   * "Serialization failure", PostgreSQL's "deadlock detected", and "read-only SQL-transaction", as on a standby that is about to
   * become the primary. MySQL and MariaDB report a deadlock (error 1213) as the first, and so does Galera if another node has
   * changed the same row. Not in the set: 40003, "statement completion unknown".
   */
  private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01", "25006");

  private static final String COMPLETION_UNKNOWN = "40003";

  /**
   * SQLState classes 40, "transaction rollback", and 08, "connection exception". PostgreSQL also reports a lost connection as 57P,
   * and H2 as 90067.
   */
  private static final List<String> TRANSIENT = List.of("40", "08", "57P", "90067");

  /** Insufficient resources (53), object in use (55), operator intervention (57), timeout (HYT). */
  private static final List<String> BUSY = List.of("53", "55", "57", "HYT");

  /** SQLITE_BUSY and SQLITE_LOCKED; SQLite has no SQLState. */
  private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

  private static final int SQLITE_CONSTRAINT = 19;

  private SqlStates() {}

  /** Returns whether the database has certainly rolled the transaction back, and would accept it at another time. */
  static boolean isRolledBack(@Nullable Throwable cause) {
    return cause instanceof SQLException failure
        && ROLLED_BACK.contains(String.valueOf(failure.getSQLState()));
  }

  /** Returns whether the database has certainly changed nothing: it rolled back, or a constraint was violated (class 23). */
  static boolean hasChangedNothing(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = failure.getSQLState();
    return state == null
        ? failure.getErrorCode() == SQLITE_CONSTRAINT
        : state.startsWith("23")
            || ROLLED_BACK.contains(state)
            || (state.startsWith("40") && !state.equals(COMPLETION_UNKNOWN));
  }

  /** Returns whether the connection was lost or the database aborted the statement, which may succeed if it is repeated. */
  static boolean isTransient(@Nullable Throwable cause) {
    return cause instanceof SQLException failure
        && (failure instanceof SQLRecoverableException
            || TRANSIENT.stream().anyMatch(String.valueOf(failure.getSQLState())::startsWith));
  }

  /** Returns whether the same statement may succeed at another time. */
  static boolean isTemporary(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = failure.getSQLState();
    return isTransient(failure)
        || (state == null
            ? SQLITE_BUSY.contains(failure.getErrorCode())
            : BUSY.stream().anyMatch(state::startsWith));
  }
}
