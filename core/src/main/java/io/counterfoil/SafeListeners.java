package io.counterfoil;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners, and lets none of them spoil what has already happened. */
final class SafeListeners implements TokenListener {
  private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

  private final List<TokenListener> listeners;

  SafeListeners(List<TokenListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void created(Token token) {
    tell(listener -> listener.created(token));
  }

  @Override
  public void accepted(Token token) {
    tell(listener -> listener.accepted(token));
  }

  @Override
  public void rejected(Verdict.Rejected verdict) {
    tell(listener -> listener.rejected(verdict));
  }

  @Override
  public void enabled(Token token) {
    tell(listener -> listener.enabled(token));
  }

  @Override
  public void disabled(Token token) {
    tell(listener -> listener.disabled(token));
  }

  @Override
  public void deleted(Token token) {
    tell(listener -> listener.deleted(token));
  }

  private void tell(Consumer<TokenListener> event) {
    for (TokenListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable failure) {
        // An Error too: thrown on from here it would lose a plaintext just made.
        report(failure);
      }
    }
  }

  /** A full disk may break the log like the listener before it. */
  private static void report(Throwable failure) {
    try {
      LOG.warn("A token listener failed; the operation that it was told of stands", failure);
    } catch (Throwable nowhereToSayIt) {
      // the operation stands all the same
    }
  }
}
