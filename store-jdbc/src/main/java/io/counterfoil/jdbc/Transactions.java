package io.counterfoil.jdbc;

import io.counterfoil.TokenStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Runs work on a connection from the data source, and closes the connection. By then, nothing is open on it, and auto-commit has
 * its previous value; it stays off only if a rollback fails. Failed work is rolled back, and its exception becomes a {@link
 * TokenStoreException} that contains no values, not even in its causes.
 *
 * <p>Work that the database has certainly rolled back runs again, after a random pause, until two seconds have passed. No other
 * failed change is repeated, since it may have taken effect.
 */
final class Transactions {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final DataSource dataSource;
  private final boolean isPostgreSql;
  private final boolean isPooled;

  /** @param isPooled whether a pooler of PostgreSQL may run each transaction in another process of the server */
  private Transactions(DataSource dataSource, boolean isPostgreSql, boolean isPooled) {
    this.dataSource = dataSource;
    this.isPostgreSql = isPostgreSql;
    this.isPooled = isPooled;
  }

  /** Returns transactions that only find out which database it is. */
  static Transactions onUnknown(DataSource dataSource) {
    return new Transactions(dataSource, false, false);
  }

  /** Returns transactions on a PostgreSQL server behind a pooler, or perhaps behind one. */
  static Transactions behindPooler(DataSource dataSource) {
    return new Transactions(dataSource, true, true);
  }

  /** Returns transactions on a database, after looking for a pooler. */
  static Transactions on(DataSource dataSource, Dialect dialect) {
    boolean isPostgreSql = dialect == Dialect.POSTGRESQL;
    boolean isPooled = isPostgreSql
        && behindPooler(dataSource).read("look for a pooler", PostgreSqlDriver::isPooled);
    return new Transactions(dataSource, isPostgreSql, isPooled);
  }

  boolean isPooled() {
    return isPooled;
  }

  /** Work on a connection. May run several times, so it has no effect outside the database. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs one query. If the connection was lost, or the database aborted the query for another reason than a certain rollback, runs
   * it once more, since a query changes nothing.
   * Does not do so if the pool has no connection: the caller has already waited for the timeout of the pool.
   */
  <T> T read(String verb, Work<T> query) {
    AtomicBoolean isConnected = new AtomicBoolean();
    try {
      return queried(verb, query, () -> isConnected.set(true));
    } catch (TokenStoreException failure) {
      if (isConnected.get()
          && SqlStates.isTransient(failure.getCause())
          && !SqlStates.isRolledBack(failure.getCause())) {
        return queried(verb, query, () -> {});
      }
      throw failure;
    }
  }

  private <T> T queried(String verb, Work<T> query, Runnable connected) {
    return retried(() -> onConnection(
        verb,
        connected,
        connection ->
            connection.getAutoCommit() ? query.on(connection) : committed(connection, query)));
  }

  /**
   * Runs one change in one statement, as a transaction of its own. The database commits it at the end of the statement, so a node
   * that stalls holds no lock.
   */
  <T> T change(String verb, Work<T> statement) {
    return retried(() -> statements(verb, statement));
  }

  /** Runs several statements in one transaction. A node that stalls in it holds locks, until the limit ends its connection. */
  <T> T atomic(String verb, IdleLimit limit, Work<T> work) {
    return retried(() -> onConnection(verb, connection -> {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return committed(connection, limit.andThen(work), () -> {
        connection.setAutoCommit(true);
        limit.end(connection);
        connection.setAutoCommit(autoCommit);
      });
    }));
  }

  /** Runs several statements, each in its own transaction. Repeats none of them. */
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

  /** After a failure, PostgreSQL rejects all further statements of the transaction. */
  static void recover(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  private static <T> T retried(Supplier<T> transaction) {
    long end = System.nanoTime() + RETRY_NANOS;
    long longestPause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        return transaction.get();
      } catch (TokenStoreException failure) {
        long pause = ThreadLocalRandom.current().nextLong(longestPause);
        if (!SqlStates.isRolledBack(failure.getCause())
            || System.nanoTime() + pause - end > 0
            || Thread.currentThread().isInterrupted()) {
          throw failure;
        }
        LockSupport.parkNanos(pause);
        longestPause = Math.min(2 * longestPause, LONGEST_PAUSE_NANOS);
      }
    }
  }

  private <T> T onConnection(String verb, Work<T> work) {
    return onConnection(verb, () -> {}, work);
  }

  /** @param connected runs before anything is asked of the connection, because that fails already if the pool has a closed one */
  private <T> T onConnection(String verb, Runnable connected, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connected.run();
      return isPooled ? PostgreSqlDriver.withoutNames(connection, work) : work.on(connection);
    } catch (SQLException | RuntimeException failure) {
      throw StoreFailure.of(verb, failure);
    }
  }

  private <T> T committed(Connection connection, Work<T> work) throws SQLException {
    return committed(connection, work, () -> {});
  }

  /**
   * The end is not reached if a rollback fails: to turn auto-commit on would commit half of the work. If the end fails after the
   * commit, the work is reported as failed although it is done, as if the connection was lost during the commit.
   */
  private <T> T committed(Connection connection, Work<T> work, Step end) throws SQLException {
    try {
      T result = work.on(connection);
      commit(connection);
      end.run();
      return result;
    } catch (Throwable failure) {
      attempt(failure, () -> {
        connection.rollback();
        end.run();
      });
      throw failure;
    }
  }

  private void commit(Connection connection) throws SQLException {
    if (isPostgreSql) {
      SynchronousStandby.commit(connection);
    } else {
      connection.commit();
    }
  }

  /** Cleans up after a failure. A second failure must not hide the first; a driver may even throw the same object twice. */
  @SuppressWarnings("ReferenceEquality")
  private static void attempt(Throwable failure, Step cleanup) {
    try {
      cleanup.run();
    } catch (SQLException | RuntimeException second) {
      if (second != failure) {
        failure.addSuppressed(second);
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
