package io.counterfoil;

import java.time.Duration;
import java.util.Set;

/**
 * Reports which tokens in a store have changed, whichever node changed them. Created by {@link TokenStore#watch}.
 *
 * <p>It reports each change that may revoke something. These are the changes by all methods of {@link TokenStore} except {@link
 * TokenStore#insert}, {@link TokenStore#insertOnce}, {@link TokenStore#recordUses} and both methods {@code deleteExpired}, which
 * delete only tokens that are rejected anyway. It may report a change that did not happen.
 *
 * <p>No guarantee may depend on a report. A change may be reported after the call that made it has returned. A change is never
 * reported if the process that made it ends before it has announced the change, or if it was made directly in the database. So a
 * cache that relies on reports also needs a time limit.
 *
 * <p>For use by one thread at a time; {@link #close} may be called by any thread.
 */
public interface ChangeWatch extends AutoCloseable {

  /**
   * Waits until a token changes or the timeout ends. Returns the tokens that have changed since the last call that returned
   * normally, or since this watch was created. A caller that reads a row afterwards sees the reported change.
   *
   * @param timeout the longest time to wait. The watch decides how often it queries the store during that time. If it is zero,
   *     the watch queries the store once
   * @return the tokens that have changed; {@link Changed#NONE} if none changed within the timeout
   * @throws TokenStoreException if the store fails. No report is lost: the next call reports all changes since the last call that
   *     returned normally
   * @throws InterruptedException if the thread is interrupted. No report is lost in this case either
   */
  Changed awaitChange(Duration timeout) throws InterruptedException;

  /**
   * Releases the resources of the watch, such as a connection. A call in progress returns or throws soon. Later calls throw an
   * {@link IllegalStateException}. A second call does nothing.
   */
  @Override
  void close();

  /**
   * Tokens that have changed.
   *
   * @param any whether any token may have changed, not only those in {@code ids}
   * @param ids the ids of tokens that have changed or were deleted; may also contain ids of other tokens
   */
  record Changed(boolean any, Set<Long> ids) {
    /** No token has changed. */
    public static final Changed NONE = new Changed(false, Set.of());

    /** Any token may have changed. */
    public static final Changed ANY = new Changed(true, Set.of());

    /** Copies the ids. */
    public Changed {
      ids = Set.copyOf(ids);
    }

    /** Returns whether no token has changed. */
    public boolean isNone() {
      return !any && ids.isEmpty();
    }
  }
}
