package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.counterfoil.internal.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Opens listeners if the pool has a connection to spare for them. */
final class NotificationListenerFactory {
  /** The longest wait for a second connection. If the pool has none, other users of the pool wait during this time. */
  private static final long SPARE_SECONDS = 2;

  /** The time until the next attempt after a failure. Meanwhile, the watch polls. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** The same if the pool has no second connection: each attempt delays other users of the pool. */
  private static final Duration LONG_PAUSE = Duration.ofHours(1);

  private final DataSource dataSource;
  private final ChangeCounter counter;
  private final String channel;
  private long nextAttempt = System.nanoTime();

  NotificationListenerFactory(DataSource dataSource, ChangeCounter counter, String channel) {
    this.dataSource = dataSource;
    this.counter = counter;
    this.channel = channel;
  }

  /** Returns a listener; empty if it cannot be opened now, or if the pool has no connection besides that of the listener. */
  Optional<NotificationListener> open() throws InterruptedException {
    if (System.nanoTime() - nextAttempt < 0) {
      return Optional.empty();
    }
    NotificationListener listener;
    try {
      listener = NotificationListener.open(dataSource, counter, channel);
    } catch (SQLException | RuntimeException failure) {
      pause(PAUSE);
      return Optional.empty();
    }
    boolean hasSpare = false;
    try {
      hasSpare = hasSpareConnection();
      return hasSpare ? Optional.of(listener) : Optional.empty();
    } finally {
      if (!hasSpare) {
        listener.close();
      }
    }
  }

  /** Uses another thread: some pools wait without limit, and this thread must be free to close the listener. */
  private boolean hasSpareConnection() throws InterruptedException {
    FutureTask<Boolean> spare = new FutureTask<>(() -> {
      try (Connection connection = dataSource.getConnection()) {
        return !connection.isClosed();
      }
    });
    DaemonThreads.daemon("counterfoil-second-connection", spare).start();
    try {
      return spare.get(SPARE_SECONDS, SECONDS);
    } catch (TimeoutException none) {
      pause(LONG_PAUSE);
      return false;
    } catch (ExecutionException failure) {
      pause(PAUSE);
      return false;
    }
  }

  private void pause(Duration pause) {
    nextAttempt = System.nanoTime() + pause.toNanos();
  }
}
