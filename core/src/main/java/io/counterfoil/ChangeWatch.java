package io.counterfoil;

import java.time.Duration;
import java.util.Set;

/**
 * Tells when tokens in a store have changed, whichever node changed them. Made by {@link TokenStore#watch}.
 *
 * <p>It tells of each change that ends what a token was good for: of every method of {@link TokenStore} but {@link
 * TokenStore#insert}, {@link TokenStore#rehash}, {@link TokenStore#recordUses} and {@link TokenStore#deleteExpired}, which takes
 * what is good for nothing. It may tell of a change where there was none. It may miss one that was made past the store: whoever
 * keeps rows at hand on its word also needs a bound in time.
 *
 * <p>For use by one thread at a time; {@link #close} by any.
 */
public interface ChangeWatch extends AutoCloseable {

  /**
   * Waits for as long as it is told, or less if it hears of a change before; returns which tokens have changed since the last
   * call that returned, or since this watch was made. Whoever reads a row after that sees what was told of.
   *
   * @param patience how long to wait at most; how often the store is asked meanwhile is for the watch to say, and zero asks
   *     once
   * @return none if there are none by then
   * @throws TokenStoreException if the store fails; nothing was told by that, and the next call tells of everything since the
   *     last one that returned
   * @throws InterruptedException if the thread is interrupted; likewise
   */
  Changed awaitChange(Duration patience) throws InterruptedException;

  /**
   * Gives back what the watch holds, such as a connection. A call under way returns or throws soon; later ones throw an {@link
   * IllegalStateException}. A second call does nothing.
   */
  @Override
  void close();

  /**
   * Tokens that have changed.
   *
   * @param any whether any token may have changed, and not only those with the ids
   * @param ids the ids of tokens that have changed or were deleted; may be more than those
   */
  record Changed(boolean any, Set<Long> ids) {
    /** None has. */
    public static final Changed NONE = new Changed(false, Set.of());

    /** Any may have. */
    public static final Changed ANY = new Changed(true, Set.of());

    /** Takes a copy of the ids. */
    public Changed {
      ids = Set.copyOf(ids);
    }

    /** Says whether none has. */
    public boolean isNone() {
      return !any && ids.isEmpty();
    }
  }
}
