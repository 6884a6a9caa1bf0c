package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Is woken by notifications, and then asks for the stamp. Where it cannot listen, it does as {@link StampWatch} does for the
 * rest of a call, and tries again at the next.
 */
final class ListeningWatch implements ChangeWatch {
  private final StampWatch asking;
  private final Listeners listeners;

  /** Whoever has it may use the listener. Nobody waits for it: a call under way gives the connection back itself. */
  private final Semaphore turn = new Semaphore(1);

  private Optional<Listener> listener = Optional.empty();

  ListeningWatch(StampWatch asking, Listeners listeners) {
    this.asking = asking;
    this.listeners = listeners;
  }

  @Override
  public Changed awaitChange(Duration patience) throws InterruptedException {
    asking.refuseIfClosed();
    long end = System.nanoTime() + StampWatch.nanos(patience);
    turn.acquire();
    try {
      if (!patience.isZero() && isListening()) {
        return told(listener.get(), end);
      }
    } catch (SQLException | RuntimeException lost) {
      stop();
    } finally {
      turn.release();
      if (asking.isClosed()) {
        giveBack();
      }
    }
    return asking.awaitChange(Duration.ofNanos(left(end)));
  }

  private boolean isListening() throws InterruptedException {
    if (listener.isEmpty()) {
      listener = listeners.open();
    }
    return listener.isPresent();
  }

  /** Asks on the same connection, so that one which is dead does not go unnoticed. */
  private Changed told(Listener open, long end) throws SQLException, InterruptedException {
    boolean isOver = false;
    while (!isOver && !asking.isClosed()) {
      boolean isHeard = open.hears(left(end));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      isOver = left(end) == 0;
      Changed changed = isHeard || isOver ? asking.news(open.stamp()) : Changed.NONE;
      if (!changed.isNone()) {
        return changed;
      }
    }
    return Changed.NONE;
  }

  /** Zero when it is over. */
  private static long left(long end) {
    return Math.max(0, end - System.nanoTime());
  }

  private void stop() {
    listener.ifPresent(Listener::close);
    listener = Optional.empty();
  }

  private void giveBack() {
    if (turn.tryAcquire()) {
      stop();
      turn.release();
    }
  }

  @Override
  public void close() {
    asking.close();
    giveBack();
  }
}
