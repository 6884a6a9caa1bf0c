package io.counterfoil.jdbc;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets some calls on Derby take turns within this process. On other databases, they run at the same time.
 *
 * <p>While one connection prepares an insert, an insert of another connection fails immediately if it needs a new id (SQLState
 * 40XL1). And two changes of several tokens may lock them in different orders; Derby finds such a deadlock only after 20 seconds.
 */
final class DerbyTurns {
  /** Static because stores do not know each other. */
  private static final Lock LOCK = new ReentrantLock();

  private DerbyTurns() {}

  static <T> T take(Dialect dialect, Supplier<T> call) {
    if (dialect != Dialect.DERBY) {
      return call.get();
    }
    LOCK.lock();
    try {
      return call.get();
    } finally {
      LOCK.unlock();
    }
  }
}
