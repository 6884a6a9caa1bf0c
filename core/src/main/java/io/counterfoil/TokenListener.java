package io.counterfoil;

/**
 * Receives the events of a manager. No event contains a plaintext or a hash.
 *
 * <p>The manager calls each listener after the operation. Each listener has its own thread and receives the events in order. If a
 * listener throws an exception, the manager logs it. A listener that hangs delays no caller and no other listener. If a listener
 * is too slow, events are dropped, and the log says how many. A flood of verdicts does not cause changes to be dropped. {@link
 * TokenManager#close} delivers the waiting events. If the process is killed, they are lost. Each method does nothing by default.
 * If one listener is registered with several managers, several threads may call it at the same time.
 */
public interface TokenListener {

  /**
   * Returns a listener that writes one line per event to the SLF4J logger {@code io.counterfoil.audit}: rejections and dropped
   * uses at level {@code WARN}, accepted tokens at {@code DEBUG}, all others at {@code INFO}. Text that could forge or break a
   * line is escaped. At most 10 rejections per second and reason are written. The next line with that reason says how many
   * were omitted.
   */
  static TokenListener audit() {
    return new AuditListener(System::nanoTime);
  }

  /** A token was created or imported. */
  default void created(Token token) {}

  /** A presented plaintext was accepted. */
  default void accepted(Token token) {}

  /** A plaintext that a rotation has replaced was accepted during the overlap. Some client does not have the new plaintext yet. */
  default void previousAccepted(Token token) {}

  /** A presented plaintext was rejected. */
  default void rejected(Verdict.Rejected verdict) {}

  /** A token was enabled. It may have been enabled already. */
  default void enabled(Token token) {}

  /** A token was disabled. It may have been disabled already. */
  default void disabled(Token token) {}

  /** All tokens were disabled; {@code count} of them were enabled before. */
  default void allDisabled(int count) {}

  /** The tokens of one owner were disabled; {@code count} of them were enabled before. */
  default void ownerDisabled(String owner, int count) {}

  /** A token was given a new plaintext. */
  default void rotated(Token token) {}

  /**
   * A plaintext of a token was {@linkplain TokenManager#reportLeak reported} as leaked and is no longer accepted. If the token
   * was disabled, {@link #disabled} is called, too.
   */
  default void leaked(Token token) {}

  /** A token was deleted. */
  default void deleted(Token token) {}

  /** The tokens of one owner were deleted. There were {@code count} of them. */
  default void ownerDeleted(String owner, int count) {}

  /** {@code count} expired tokens were deleted. */
  default void expiredDeleted(int count) {}

  /** {@code count} uses of accepted tokens were not recorded, because the store was too slow. */
  default void usesDropped(long count) {}
}
