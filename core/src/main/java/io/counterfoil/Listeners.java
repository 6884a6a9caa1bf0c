package io.counterfoil;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** All listeners of a manager as one. */
final class Listeners implements TokenListener {
  private final ListenerQueue[] queues;

  Listeners(List<TokenListener> listeners) {
    this.queues = new ListenerQueue[listeners.size()];
    Arrays.setAll(queues, i -> new ListenerQueue(listeners.get(i)));
  }

  @Override
  public void created(Token token) {
    tell(listener -> listener.created(token));
  }

  @Override
  public void accepted(Token token) {
    tellVerdict(listener -> listener.accepted(token));
  }

  @Override
  public void previousAccepted(Token token) {
    tellVerdict(listener -> listener.previousAccepted(token));
  }

  @Override
  public void rejected(Verdict.Rejected verdict) {
    tellVerdict(listener -> listener.rejected(verdict));
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
  public void allDisabled(int count) {
    tell(listener -> listener.allDisabled(count));
  }

  @Override
  public void ownerDisabled(String owner, int count) {
    tell(listener -> listener.ownerDisabled(owner, count));
  }

  @Override
  public void rotated(Token token) {
    tell(listener -> listener.rotated(token));
  }

  @Override
  public void leaked(Token token) {
    tell(listener -> listener.leaked(token));
  }

  @Override
  public void deleted(Token token) {
    tell(listener -> listener.deleted(token));
  }

  @Override
  public void ownerDeleted(String owner, int count) {
    tell(listener -> listener.ownerDeleted(owner, count));
  }

  @Override
  public void expiredDeleted(int count) {
    tell(listener -> listener.expiredDeleted(count));
  }

  @Override
  public void usesDropped(long count) {
    tell(listener -> listener.usesDropped(count));
  }

  private void tell(Consumer<TokenListener> event) {
    for (ListenerQueue queue : queues) {
      queue.tell(event);
    }
  }

  private void tellVerdict(Consumer<TokenListener> event) {
    for (ListenerQueue queue : queues) {
      queue.tellVerdict(event);
    }
  }

  boolean areNone() {
    return queues.length == 0;
  }

  /** Tells all of them what is still to be told, at once: those that hang share one patience. */
  void end(Duration patience) {
    for (ListenerQueue queue : queues) {
      queue.end();
    }
    long end = System.nanoTime() + patience.toNanos();
    for (ListenerQueue queue : queues) {
      queue.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
    }
  }
}
