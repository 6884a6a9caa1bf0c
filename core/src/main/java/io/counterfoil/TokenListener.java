package io.counterfoil;

/**
 * Hears what happens to tokens, never a plaintext.
 *
 * <p>The manager tells each listener after the fact, in order, on a thread of its own: what a listener throws is logged, and
 * one that hangs makes nobody wait. To one that is too slow not everything is told; the log says how much was left out, and a
 * flood of verdicts does not crowd out the changes. {@link TokenManager#close} tells what is still to be told; a process that
 * is killed does not. Each method does nothing unless overridden. A listener of several managers may be called by several
 * threads at once.
 */
public interface TokenListener {

  /**
   * Returns a listener that writes one line for each event to the SLF4J logger {@code io.counterfoil.audit}: rejections at
   * level {@code WARN}, uses at {@code DEBUG}, the rest at {@code INFO}. What could forge or break a line is escaped. Of
   * rejections it writes ten a second for each reason; the next line of that reason says how many were left out.
   */
  static TokenListener audit() {
    return new AuditListener(System::nanoTime);
  }

  /** A token was created or imported. */
  default void created(Token token) {}

  /** A presented plaintext was accepted. */
  default void accepted(Token token) {}

  /** A plaintext was accepted that a rotation has replaced and whose overlap is not over: somebody does not have the new one. */
  default void previousAccepted(Token token) {}

  /** A presented plaintext was rejected. */
  default void rejected(Verdict.Rejected verdict) {}

  /** A token was enabled, whether or not it was before. */
  default void enabled(Token token) {}

  /** A token was disabled, whether or not it was before. */
  default void disabled(Token token) {}

  /** All tokens were disabled, of which so many were enabled before. */
  default void allDisabled(int count) {}

  /** The tokens of one owner were disabled, of which so many were enabled before. */
  default void ownerDisabled(String owner, int count) {}

  /** A token was given a new plaintext. */
  default void rotated(Token token) {}

  /**
   * A plaintext of a token was {@linkplain TokenManager#reportLeak reported} as found where it should not be, and opens nothing
   * any more. That the token was disabled by it is told as well.
   */
  default void leaked(Token token) {}

  /** A token was deleted. */
  default void deleted(Token token) {}

  /** The tokens of one owner were deleted, so many of them. */
  default void ownerDeleted(String owner, int count) {}

  /** Expired tokens were deleted, so many of them. */
  default void expiredDeleted(int count) {}

  /** So many uses were accepted but not recorded, since the store has not kept up. */
  default void usesDropped(long count) {}
}
