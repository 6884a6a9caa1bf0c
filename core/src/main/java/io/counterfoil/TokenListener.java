package io.counterfoil;

/**
 * Receives the events of a manager. No event contains a plaintext or a hash.
 *
 * <p>The manager calls each listener after the operation, in order, on a thread of its own. An exception of a listener is logged. A
 * listener that hangs delays nobody. If a listener is too slow, events are dropped, and the log says how many; a flood of verdicts
 * does not crowd out changes. {@link TokenManager#close} delivers the events that wait; they are lost if the process is killed. Each
 * method does nothing by default. A listener of several managers may be called by several threads at the same time.
 */
public interface TokenListener {

  /**
   * Returns a listener that writes one line per event to the SLF4J logger {@code io.counterfoil.audit}: rejections at level {@code
   * WARN}, accepted tokens at {@code DEBUG}, all others at {@code INFO}. Text that could forge or break a line is escaped. At most
   * ten rejections per second and reason are written; the next line with that reason says how many were omitted.
   */
  static TokenListener audit() {
    return new AuditListener(System::nanoTime);
  }

  /** A token was created or imported. */
  default void created(Token token) {}

  /** A presented plaintext was accepted. */
  default void accepted(Token token) {}

  /** A plaintext was accepted that a rotation has replaced, during the overlap: some client does not have the new one yet. */
  default void previousAccepted(Token token) {}

  /** A presented plaintext was rejected. */
  default void rejected(Verdict.Rejected verdict) {}

  /** A token was enabled. It may have been enabled before. */
  default void enabled(Token token) {}

  /** A token was disabled. It may have been disabled before. */
  default void disabled(Token token) {}

  /** All tokens were disabled; {@code count} of them were enabled before. */
  default void allDisabled(int count) {}

  /** The tokens of one owner were disabled; {@code count} of them were enabled before. */
  default void ownerDisabled(String owner, int count) {}

  /** A token was given a new plaintext. */
  default void rotated(Token token) {}

  /**
   * A plaintext of a token was {@linkplain TokenManager#reportLeak reported} as leaked and is no longer accepted. If the token was
   * disabled, {@link #disabled} is called, too.
   */
  default void leaked(Token token) {}

  /** A token was deleted. */
  default void deleted(Token token) {}

  /** The tokens of one owner were deleted, {@code count} of them. */
  default void ownerDeleted(String owner, int count) {}

  /** Expired tokens were deleted, {@code count} of them. */
  default void expiredDeleted(int count) {}

  /** The uses of {@code count} accepted tokens were not recorded, because the store was too slow. */
  default void usesDropped(long count) {}
}
