package io.counterfoil.jdbc;

import io.counterfoil.TokenStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a connection from the data source, and closes the connection. By then, nothing is open on it, and auto-commit has
 * its previous value; it stays off only if a rollback fails. Failed work is rolled back, and its exception becomes a {@link
 * TokenStoreException} that contains no values, not even in its causes.
 */
final class Transactions {
  /**
   * SQLState classes 40, "transaction rollback", and 08, "connection exception" (ISO/IEC 9075-2). PostgreSQL also reports a lost
   * connection as 57P, and H2 as 90067.
   */
  private static final List<String> TRANSIENT = List.of("40", "08", "57P", "90067");

  /** Insufficient resources (53), object in use (55), operator intervention (57), timeout (HYT). */
  private static final List<String> BUSY = List.of("53", "55", "57", "HYT");

  /** SQLITE_BUSY and SQLITE_LOCKED; SQLite has no SQLState. */
  private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs one statement. In auto-commit mode, it is a transaction without further round trips. */
  <T> T single(String verb, Work<T> work) {
    return onConnection(
        verb,
        connection ->
            connection.getAutoCommit() ? work.on(connection) : committed(connection, false, work));
  }

  /**
   * Runs one query. If the connection was lost or the database aborted the query, runs it once more, since a query changes nothing.
   * Does not retry if the pool has no connection: the caller has already waited for the timeout of the pool.
   */
  <T> T read(String verb, Work<T> query) {
    AtomicBoolean isConnected = new AtomicBoolean();
    Work<T> first = connection -> {
      isConnected.set(true);
      return query.on(connection);
    };
    try {
      return single(verb, first);
    } catch (TokenStoreException failure) {
      if (isConnected.get() && isTransient(failure.getCause())) {
        return single(verb, query);
      }
      throw failure;
    }
  }

  static boolean isTransient(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLRecoverableException
        || TRANSIENT.stream().anyMatch(state::startsWith);
  }

  /** Returns whether the same statement may succeed at another time. */
  static boolean isTemporary(SQLException failure) {
    String state = failure.getSQLState();
    return isTransient(failure)
        || (state == null
            ? SQLITE_BUSY.contains(failure.getErrorCode())
            : BUSY.stream().anyMatch(state::startsWith));
  }

  /** After a failure, PostgreSQL rejects all further statements of the transaction. */
  static void recover(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /** Runs several statements in one transaction. */
  <T> T atomic(String verb, Work<T> work) {
    return onConnection(verb, connection -> {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return committed(connection, autoCommit, work);
    });
  }

  /** Runs several statements, each in its own transaction. */
  <T> T statements(String verb, Work<T> work) {
    return onConnection(verb, connection -> {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        T result = work.on(connection);
        connection.setAutoCommit(autoCommit);
        return result;
      } catch (Throwable failure) {
        attempt(failure, () -> connection.setAutoCommit(autoCommit));
        throw failure;
      }
    });
  }

  private <T> T onConnection(String verb, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException | RuntimeException failure) {
      throw new TokenStoreException(
          "the token store failed to " + verb, SqlExceptionSanitizer.of(failure));
    }
  }

  private static <T> T committed(Connection connection, boolean autoCommit, Work<T> work)
      throws SQLException {
    try {
      T result = work.on(connection);
      connection.commit();
      connection.setAutoCommit(autoCommit);
      return result;
    } catch (Throwable failure) {
      attempt(failure, () -> {
        connection.rollback();
        // Not reached if the rollback fails: turning auto-commit on would commit half of the work.
        connection.setAutoCommit(autoCommit);
      });
      throw failure;
    }
  }

  /** Cleans up after a failure. A second failure must not hide the first; a driver may even throw the same object twice. */
  @SuppressWarnings("ReferenceEquality")
  private static void attempt(Throwable failure, Cleanup cleanup) {
    try {
      cleanup.run();
    } catch (SQLException | RuntimeException second) {
      if (second != failure) {
        failure.addSuppressed(second);
      }
    }
  }

  @FunctionalInterface
  private interface Cleanup {
    void run() throws SQLException;
  }
}
