package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** The features of PostgreSQL's driver that JDBC lacks. The driver is optional. */
final class PostgreSqlDriver {
  private PostgreSqlDriver() {}

  /** Returns whether the connection comes from that driver. */
  static boolean isBehind(Connection connection) throws SQLException {
    try {
      return connection.isWrapperFor(PGConnection.class);
    } catch (LinkageError absent) { // or invisible to this module
      return false;
    }
  }

  /**
   * Returns whether another process of the server runs the statements than the one that the driver connected to. Then there is a
   * pooler such as PgBouncer in between, and it may run each transaction in another process. Databases that imitate PostgreSQL count
   * as such if they have no processes.
   */
  static boolean isPooled(Connection connection) throws SQLException {
    if (!isBehind(connection)) {
      return false; // cannot be found out
    }
    int process = connection.unwrap(PGConnection.class).getBackendPID();
    return !Queries.first(connection, "SELECT pg_catalog.pg_backend_pid()")
        .equals(Optional.of(String.valueOf(process)));
  }

  /**
   * Runs work without prepared statements that have a name on the server. The driver numbers them for each connection, so a pooler may
   * run a statement that another connection has prepared under the same name.
   */
  static <T> T withoutNames(Connection connection, Transactions.Work<T> work) throws SQLException {
    if (!isBehind(connection)) {
      return work.on(connection);
    }
    PGConnection driver = connection.unwrap(PGConnection.class);
    int threshold = driver.getPrepareThreshold();
    driver.setPrepareThreshold(0);
    try {
      return work.on(connection);
    } finally {
      driver.setPrepareThreshold(threshold);
    }
  }

  /**
   * Returns whether the server reports that it has committed a change without the confirmation of a synchronous standby, because
   * the wait for it was canceled. The text of the report is translated, and its SQLState is that of all warnings.
   */
  static boolean isUnconfirmedCommit(SQLWarning warning) {
    try {
      ServerErrorMessage message =
          warning instanceof PSQLWarning own ? own.getServerErrorMessage() : null;
      return message != null && "SyncRepWaitForLSN".equals(message.getRoutine());
    } catch (LinkageError absent) { // or invisible to this module
      return false;
    }
  }

  /** Waits for notifications, discards them, and returns whether there were any. */
  static boolean awaitNotification(Connection connection, int millis) throws SQLException {
    try {
      PGNotification[] notifications =
          connection.unwrap(PGConnection.class).getNotifications(millis);
      return notifications != null && notifications.length > 0;
    } catch (LinkageError older) {
      throw new SQLException("the driver of PostgreSQL is older than 42.2", older);
    }
  }
}
