package io.counterfoil;

import java.time.Duration;

/**
 * Tells when tokens in a store have changed, whichever node changed them. Made by {@link TokenStore#watch}.
 *
 * <p>It tells of each change that ends what a token was good for: of every method of {@link TokenStore} but {@link
 * TokenStore#insert}, {@link TokenStore#rehash} and {@link TokenStore#recordUses}. It may tell of a change where there was
 * none. It may miss one that was made past the store: whoever keeps rows at hand on its word also needs a bound in time.
 *
 * <p>For use by one thread at a time; {@link #close} by any.
 */
public interface ChangeWatch extends AutoCloseable {

  /**
   * Waits until tokens have changed since the last call that returned, or since this watch was made; says whether they have.
   * Whoever reads a row after that sees what was told of.
   *
   * @param patience how long to wait at most; how often the store is asked meanwhile is for the watch to say, and zero asks
   *     once
   * @throws TokenStoreException if the store fails; nothing was told by that, and the next call tells of everything since the
   *     last one that returned
   * @throws InterruptedException if the thread is interrupted; likewise
   */
  boolean awaitChange(Duration patience) throws InterruptedException;

  /** Gives back what the watch holds, such as a connection. A call under way returns or throws soon; later ones throw. A second call does nothing. */
  @Override
  void close();
}
