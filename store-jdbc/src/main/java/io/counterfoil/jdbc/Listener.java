package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A connection on which PostgreSQL tells when the stamp has been made greater; given back as it came. */
final class Listener implements AutoCloseable {
  /** After so long, whoever waits looks whether there is another reason to stop. */
  private static final long SLICE_MILLIS = 500;

  /** How long an answer may take until the line is taken for dead, which a wait does not notice. */
  private static final int ANSWER_MILLIS = 10_000;

  /** How long the end may take. */
  private static final int END_MILLIS = 2_000;

  private final Connection connection;
  private final Stamp stamp;
  private final String channel;
  private final boolean autoCommit;
  private final int networkTimeout;
  private boolean isFresh = true;

  private Listener(Connection connection, Stamp stamp, String channel) throws SQLException {
    this.connection = connection;
    this.stamp = stamp;
    this.channel = channel;
    this.autoCommit = connection.getAutoCommit();
    this.networkTimeout = connection.getNetworkTimeout();
  }

  static Listener open(DataSource dataSource, Stamp stamp, String channel) throws SQLException {
    Connection connection = dataSource.getConnection();
    Listener listener;
    try {
      listener = new Listener(connection, stamp, channel);
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

  /** Nothing is told within a transaction. */
  private void begin() throws SQLException {
    connection.setAutoCommit(true);
    connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
    execute(Statements.listen(channel));
  }

  /** Waits for a moment, and no longer than that; says whether it was told, which it says at first: it may have come too late. */
  boolean hears(long nanos) throws SQLException {
    if (isFresh) {
      isFresh = false;
      return true;
    }
    // Zero would be for ever.
    long millis = Math.max(1, Math.min(SLICE_MILLIS, NANOSECONDS.toMillis(nanos)));
    return PostgreSqlDriver.isNotified(connection, Math.toIntExact(millis));
  }

  Stamp.Row stamp() throws SQLException {
    return stamp.read(connection);
  }

  /** A line that is broken is for the pool to notice. */
  @Override
  public void close() {
    attempt(() -> {
      connection.setNetworkTimeout(Runnable::run, END_MILLIS);
      execute(Statements.unlisten(channel));
      PostgreSqlDriver.isNotified(connection, 1); // so that nobody finds what was told before
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
      // There is nobody whom it helps to know: whoever needs the stamp asks for it.
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
