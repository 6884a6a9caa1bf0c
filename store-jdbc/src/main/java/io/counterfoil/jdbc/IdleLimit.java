package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Makes the database end a connection that is idle in a transaction: a node that stalls there holds locks, and a revocation on
 * another node waits for them.
 *
 * @param begin sets the limit, as the first statement of the transaction
 * @param end restores the setting of the connection afterwards; empty if it ends with the transaction
 */
record IdleLimit(Optional<String> begin, Optional<String> end) {
  private static final int SECONDS = 2;

  /**
   * MySQL and MariaDB have no limit that ends with the transaction, so the previous one is kept in a variable meanwhile. Other
   * databases have no such limit, or run in the process of the application.
   */
  static IdleLimit of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
        new IdleLimit(
            Optional.of("SET LOCAL idle_in_transaction_session_timeout = '" + SECONDS + "s'"),
            Optional.empty());
      case MARIADB, MYSQL ->
        new IdleLimit(
            Optional.of("SET @counterfoil_timeout = @@SESSION.wait_timeout, SESSION wait_timeout = "
                + SECONDS),
            Optional.of(
                "SET SESSION wait_timeout = @counterfoil_timeout, @counterfoil_timeout = NULL"));
      default -> new IdleLimit(Optional.empty(), Optional.empty());
    };
  }

  /** Returns work that begins with the limit. */
  <T> Transactions.Work<T> andThen(Transactions.Work<T> work) {
    return connection -> {
      execute(connection, begin);
      return work.on(connection);
    };
  }

  void end(Connection connection) throws SQLException {
    execute(connection, end);
  }

  private static void execute(Connection connection, Optional<String> sql) throws SQLException {
    if (sql.isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql.get());
      }
    }
  }
}
