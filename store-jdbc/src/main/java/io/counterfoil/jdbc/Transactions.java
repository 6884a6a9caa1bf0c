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
 * Runs work on a connection of its own, and gives the connection back as it came: closed, nothing open on it, auto-commit as
 * it was (unless the rollback fails: then it stays off). What fails is rolled back, and leaves as a {@link
 * TokenStoreException} that carries no values, its causes included.
 */
final class Transactions {
  private static final List<String> RETRYABLE = List.of("40", "08", "57P", "90067");

  /** Besides those: no room (53), not now (55), cancelled (57), timed out (HYT). */
  private static final List<String> BUSY = List.of("53", "55", "57", "HYT");

  /** SQLITE_BUSY and SQLITE_LOCKED; SQLite has no SQLState. */
  private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is to be done on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs one statement. In auto-commit mode that is a transaction already, and costs no further round trip. */
  <T> T single(String verb, Work<T> work) {
    return onConnection(
        verb,
        connection ->
            connection.getAutoCommit() ? work.on(connection) : committed(connection, false, work));
  }

  /**
   * Runs one query, and once more if the connection was lost or the database chose it to give way; what changes nothing may be
   * said twice. A pool that has no connection to give is not asked again: whoever waits has waited long enough.
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
      if (isConnected.get() && isPassing(failure.getCause())) {
        return single(verb, query);
      }
      throw failure;
    }
  }

  /** SQLState classes 40, transaction rollback, and 08, connection exception (ISO/IEC 9075-2); for the latter PostgreSQL has 57P too, H2 90067. */
  static boolean isPassing(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLRecoverableException
        || RETRYABLE.stream().anyMatch(state::startsWith);
  }

  /** Says whether it may be otherwise at another time, so that nothing follows from it. */
  static boolean isNoAnswer(SQLException failure) {
    String state = failure.getSQLState();
    return isPassing(failure)
        || (state == null
            ? SQLITE_BUSY.contains(failure.getErrorCode())
            : BUSY.stream().anyMatch(state::startsWith));
  }

  /** After a failure, PostgreSQL answers nothing more in the same transaction. */
  static void forget(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /** Runs several statements, all of which happen or none. */
  <T> T several(String verb, Work<T> work) {
    return onConnection(verb, connection -> {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return committed(connection, autoCommit, work);
    });
  }

  /** Runs several statements, each a transaction of its own. */
  <T> T oneByOne(String verb, Work<T> work) {
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
      throw new TokenStoreException("the token store failed to " + verb, Wordless.of(failure));
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
        // Not reached if the rollback fails: auto-commit switched on would commit half the work.
        connection.setAutoCommit(autoCommit);
      });
      throw failure;
    }
  }

  /** Cleans up after a failure, which a second failure must not hide. A driver may throw one and the same object twice. */
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
