package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

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
