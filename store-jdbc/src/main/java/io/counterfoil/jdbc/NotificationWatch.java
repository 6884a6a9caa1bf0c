package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Waits for a notification, and then reads the change counter. If it cannot listen, it polls for the rest of the call, and the
 * next call tries again.
 */
final class NotificationWatch implements ChangeWatch {
  private final PollingWatch polling;
  private final NotificationListenerFactory listeners;

  /** Guards the listener. {@link #close} does not wait for it: a running call closes the connection itself. */
  private final Semaphore listenerPermit = new Semaphore(1);

  private Optional<NotificationListener> listener = Optional.empty();

  NotificationWatch(PollingWatch polling, NotificationListenerFactory listeners) {
    this.polling = polling;
    this.listeners = listeners;
  }

  @Override
  public Changed awaitChange(Duration timeout) throws InterruptedException {
    polling.requireOpen();
    long end = System.nanoTime() + PollingWatch.nanos(timeout);
    listenerPermit.acquire();
    try {
      if (!timeout.isZero() && isListening()) {
        return awaitNotification(listener.get(), end);
      }
    } catch (SQLException | RuntimeException lost) {
      closeListener();
    } finally {
      listenerPermit.release();
      if (polling.isClosed()) {
        tryCloseListener();
      }
    }
    return polling.awaitChange(Duration.ofNanos(remaining(end)));
  }

  private boolean isListening() throws InterruptedException {
    if (listener.isEmpty()) {
      listener = listeners.open();
    }
    return listener.isPresent();
  }

  /** Reads the counter on the same connection, so that a dead connection is noticed. */
  private Changed awaitNotification(NotificationListener open, long end)
      throws SQLException, InterruptedException {
    boolean isOver = false;
    while (!isOver && !polling.isClosed()) {
      boolean isNotified = open.awaitNotification(remaining(end));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      isOver = remaining(end) == 0;
      Changed changed =
          isNotified || isOver ? polling.changesUntil(open.readCounter()) : Changed.NONE;
      if (!changed.isNone()) {
        return changed;
      }
    }
    return Changed.NONE;
  }

  /** Returns the remaining nanoseconds, or zero after the end. */
  private static long remaining(long end) {
    return Math.max(0, end - System.nanoTime());
  }

  private void closeListener() {
    listener.ifPresent(NotificationListener::close);
    listener = Optional.empty();
  }

  private void tryCloseListener() {
    if (listenerPermit.tryAcquire()) {
      closeListener();
      listenerPermit.release();
    }
  }

  @Override
  public void close() {
    polling.close();
    tryCloseListener();
  }
}
