package io.counterfoil;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Forwards events to all listeners of a manager. */
final class Listeners implements TokenListener {
  private final List<ListenerQueue> queues;

  Listeners(List<TokenListener> listeners) {
    this.queues = listeners.stream().map(ListenerQueue::new).toList();
  }

  @Override
  public void created(Token token) {
    publish(listener -> listener.created(token));
  }

  @Override
  public void accepted(Token token) {
    publishVerdict(listener -> listener.accepted(token));
  }

  @Override
  public void previousAccepted(Token token) {
    publishVerdict(listener -> listener.previousAccepted(token));
  }

  @Override
  public void rejected(Verdict.Rejected verdict) {
    publishVerdict(listener -> listener.rejected(verdict));
  }

  @Override
  public void enabled(Token token) {
    publish(listener -> listener.enabled(token));
  }

  @Override
  public void disabled(Token token) {
    publish(listener -> listener.disabled(token));
  }

  @Override
  public void allDisabled(int count) {
    publish(listener -> listener.allDisabled(count));
  }

  @Override
  public void ownerDisabled(String owner, int count) {
    publish(listener -> listener.ownerDisabled(owner, count));
  }

  @Override
  public void rotated(Token token) {
    publish(listener -> listener.rotated(token));
  }

  @Override
  public void leaked(Token token) {
    publish(listener -> listener.leaked(token));
  }

  @Override
  public void deleted(Token token) {
    publish(listener -> listener.deleted(token));
  }

  @Override
  public void ownerDeleted(String owner, int count) {
    publish(listener -> listener.ownerDeleted(owner, count));
  }

  @Override
  public void expiredDeleted(int count) {
    publish(listener -> listener.expiredDeleted(count));
  }

  @Override
  public void usesDropped(long count) {
    publish(listener -> listener.usesDropped(count));
  }

  private void publish(Consumer<TokenListener> event) {
    for (ListenerQueue queue : queues) {
      queue.addChange(event);
    }
  }

  private void publishVerdict(Consumer<TokenListener> event) {
    for (ListenerQueue queue : queues) {
      queue.addVerdict(event);
    }
  }

  boolean isEmpty() {
    return queues.isEmpty();
  }

  /** Delivers the waiting events. The timeout is for all listeners together. */
  void close(Duration timeout) {
    for (ListenerQueue queue : queues) {
      queue.shutdown();
    }
    long end = System.nanoTime() + timeout.toNanos();
    for (ListenerQueue queue : queues) {
      queue.awaitTermination(Duration.ofNanos(end - System.nanoTime()));
    }
  }
}
