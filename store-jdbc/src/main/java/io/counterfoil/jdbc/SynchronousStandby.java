package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Notices changes that PostgreSQL acknowledges although no synchronous standby has confirmed them: if a statement is canceled while it
 * waits for a standby, the server keeps the change, and reports only a warning. A failover could undo the change, so a revocation
 * must not return as if it was safe.
 */
final class SynchronousStandby {
  /** "Statement completion unknown". */
  private static final String COMPLETION_UNKNOWN = "40003";

  private SynchronousStandby() {}

  /** Checks a change that the database has committed at the end of the statement. */
  static void requireConfirmed(Dialect dialect, Statement change) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) { // other drivers may query the database for warnings
      requireNone(change.getWarnings());
    }
  }

  /** Commits a transaction on PostgreSQL, and checks that the commit is confirmed. */
  static void commit(Connection connection) throws SQLException {
    connection.clearWarnings(); // of earlier transactions
    connection.commit();
    requireNone(connection.getWarnings());
  }

  private static void requireNone(@Nullable SQLWarning first) throws SQLException {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      if (PostgreSqlDriver.isUnconfirmedCommit(warning)) {
        throw new SQLException(
            "the change is committed, but the wait for a synchronous standby was canceled, so a failover may undo it",
            COMPLETION_UNKNOWN);
      }
    }
  }
}
