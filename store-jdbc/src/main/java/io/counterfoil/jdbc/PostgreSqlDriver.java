package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What only PostgreSQL's own driver can do, and JDBC has no words for. That driver need not be there. */
final class PostgreSqlDriver {
  private PostgreSqlDriver() {}

  /** Says whether the connection is one of that driver's. */
  static boolean isBehind(Connection connection) throws SQLException {
    try {
      return connection.isWrapperFor(PGConnection.class);
    } catch (LinkageError absent) { // or where this module cannot see it
      return false;
    }
  }

  /** Waits until there is a notification, and says whether there is one; it is forgotten then. */
  static boolean isNotified(Connection connection, int millis) throws SQLException {
    try {
      PGNotification[] notifications =
          connection.unwrap(PGConnection.class).getNotifications(millis);
      return notifications != null && notifications.length > 0;
    } catch (LinkageError older) {
      throw new SQLException("the driver of PostgreSQL is older than 42.2", older);
    }
  }
}
