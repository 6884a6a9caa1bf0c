package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Opens listeners, as long as the pool has a connection to spare for them. */
final class Listeners {
  /** How long a pool may take to show that it has another connection; all that want one wait as long where it has none. */
  private static final long PATIENCE_SECONDS = 2;

  /** Whoever could not listen tries again after so long: until then, to ask is enough. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** A pool without another connection is too small, or all wanted one just then; to find out is what holds up the others. */
  private static final Duration LONG_PAUSE = Duration.ofHours(1);

  private final DataSource dataSource;
  private final Stamp stamp;
  private final String channel;
  private long nextTry = System.nanoTime();

  Listeners(DataSource dataSource, Stamp stamp, String channel) {
    this.dataSource = dataSource;
    this.stamp = stamp;
    this.channel = channel;
  }

  /** Returns one if it can be had now. A pool that has no other connection beside it gets it back. */
  Optional<Listener> open() throws InterruptedException {
    if (System.nanoTime() - nextTry < 0) {
      return Optional.empty();
    }
    Listener listener;
    try {
      listener = Listener.open(dataSource, stamp, channel);
    } catch (SQLException | RuntimeException notNow) {
      pause(PAUSE);
      return Optional.empty();
    }
    boolean isSpare = false;
    try {
      isSpare = hasAnother();
      return isSpare ? Optional.of(listener) : Optional.empty();
    } finally {
      if (!isSpare) {
        listener.close();
      }
    }
  }

  /** Asks in a thread that is gone after that: some pools wait for ever, and this one must be free to give back what it has. */
  private boolean hasAnother() throws InterruptedException {
    FutureTask<Boolean> another = new FutureTask<>(() -> {
      try (Connection connection = dataSource.getConnection()) {
        return !connection.isClosed();
      }
    });
    Thread asker = new Thread(null, another, "counterfoil-second-connection", 0, false);
    asker.setDaemon(true);
    asker.setContextClassLoader(Listeners.class.getClassLoader());
    asker.start();
    try {
      return another.get(PATIENCE_SECONDS, SECONDS);
    } catch (TimeoutException none) {
      pause(LONG_PAUSE);
      return false;
    } catch (ExecutionException notNow) {
      pause(PAUSE);
      return false;
    }
  }

  private void pause(Duration pause) {
    nextTry = System.nanoTime() + pause.toNanos();
  }
}
