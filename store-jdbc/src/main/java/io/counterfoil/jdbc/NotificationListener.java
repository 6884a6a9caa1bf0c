package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A connection that receives PostgreSQL's notifications of changes. {@link #close} restores its settings. */
final class NotificationListener implements AutoCloseable {
  /** The longest single wait. After it, the caller checks whether to stop for another reason. */
  private static final long SLICE_MILLIS = 500;

  /** The longest time without an answer of the server. After it, the connection counts as dead. */
  private static final int ANSWER_MILLIS = 10_000;

  /** The same limit during {@link #close}. */
  private static final int CLOSE_MILLIS = 2_000;

  private final Connection connection;
  private final ChangeCounter counter;
  private final String channel;
  private final boolean autoCommit;
  private final int networkTimeout;
  private boolean isFirst = true;

  private NotificationListener(Connection connection, ChangeCounter counter, String channel)
      throws SQLException {
    this.connection = connection;
    this.counter = counter;
    this.channel = channel;
    this.autoCommit = connection.getAutoCommit();
    this.networkTimeout = connection.getNetworkTimeout();
  }

  static NotificationListener open(DataSource dataSource, ChangeCounter counter, String channel)
      throws SQLException {
    Connection connection = dataSource.getConnection();
    NotificationListener listener;
    try {
      listener = new NotificationListener(connection, counter, channel);
    } catch (SQLException | RuntimeException | Error failure) {
      attempt(connection::close);
      throw failure;
    }
    try {
      listener.begin();
      return listener;
    } catch (SQLException | RuntimeException | Error failure) {
      listener.close();
      throw failure;
    }
  }

  /** A connection in a transaction receives no notifications, so auto-commit must be on. */
  private void begin() throws SQLException {
    connection.setAutoCommit(true);
    connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
    execute(Statements.listen(channel));
  }

  /**
   * Waits for a notification, at most {@value #SLICE_MILLIS} milliseconds, and returns whether there was one. The first call
   * returns true immediately, since there may have been a change before this connection listened.
   */
  boolean awaitNotification(long nanos) throws SQLException {
    if (isFirst) {
      isFirst = false;
      return true;
    }
    // Zero would mean no limit.
    long millis = Math.max(1, Math.min(SLICE_MILLIS, NANOSECONDS.toMillis(nanos)));
    return PostgreSqlDriver.awaitNotification(connection, Math.toIntExact(millis));
  }

  ChangeCounter.Row readCounter() throws SQLException {
    return counter.read(connection);
  }

  /** Ignores failures: the pool must handle a broken connection. */
  @Override
  public void close() {
    attempt(() -> {
      connection.setNetworkTimeout(Runnable::run, CLOSE_MILLIS);
      execute(Statements.unlisten(channel));
      // Discards old notifications, so that the next user of the connection does not receive them.
      PostgreSqlDriver.awaitNotification(connection, 1);
    });
    attempt(() -> connection.setNetworkTimeout(Runnable::run, networkTimeout));
    attempt(() -> connection.setAutoCommit(autoCommit));
    attempt(connection::close);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (SQLException | RuntimeException broken) {
      // No caller needs to know: the watch polls the counter instead.
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
