package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
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
