package io.counterfoil;

/**
 * Hears what happens to tokens, never a plaintext.
 *
 * <p>The manager calls a listener after the fact, on the thread that caused it; what a listener throws is logged and harms
 * nobody, but a slow listener makes its caller wait. Methods may be called by many threads at once. Each does nothing unless
 * overridden.
 */
public interface TokenListener {

  /**
   * Returns a listener that writes one line for each event to the SLF4J logger {@code io.counterfoil.audit}: rejections at
   * level {@code WARN}, uses at {@code DEBUG}, the rest at {@code INFO}. What could forge or break a line is escaped.
   */
  static TokenListener audit() {
    return new AuditListener();
  }

  /** A token was created. */
  default void created(Token token) {}

  /** A presented plaintext was accepted. */
  default void accepted(Token token) {}

  /** A presented plaintext was rejected. */
  default void rejected(Verdict.Rejected verdict) {}

  /** A token was enabled, whether or not it was before. */
  default void enabled(Token token) {}

  /** A token was disabled, whether or not it was before. */
  default void disabled(Token token) {}

  /** A token was deleted. */
  default void deleted(Token token) {}
}
