package io.counterfoil;

/**
 * Receives the events of a manager.
 *
 * <p>The manager calls each listener after the operation, on a thread of its own and in order. If a listener throws an
 * exception, the manager logs it. A listener that hangs delays no caller and no other listener. If a listener is too slow,
 * events are dropped, and the log says how many. A flood of verdicts does not cause changes to be dropped. {@link
 * TokenManager#close} delivers the waiting events. If the process is killed, they are lost. If one listener is registered with
 * several managers, several threads may call it at the same time.
 *
 * <p>A {@linkplain TokenManager.Builder#synchronousListener synchronous listener} is called on the thread of the operation
 * instead.
 */
@FunctionalInterface
public interface TokenListener {

  /** Called after each event. Ignore the kinds of events that are not needed or not known. */
  void on(TokenEvent event);

  /**
   * Returns a listener that writes one line per event to the SLF4J logger {@code io.counterfoil.audit}: rejections, failures
   * of the store and dropped uses at level {@code WARN}, accepted tokens at {@code DEBUG}, all others at {@code INFO}. Each
   * line names the actor and, if it is known, the client's address. Text that could forge or break a line is escaped. Of
   * rejections with the same reason, accepted previous plaintexts, and failures of the store, at most 10 each are written per
   * second. The next line of that kind says how many were omitted.
   */
  static TokenListener audit() {
    return new AuditListener(System::nanoTime);
  }
}
