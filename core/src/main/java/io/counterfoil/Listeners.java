package io.counterfoil;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards events to all listeners of a manager. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<TokenListener> synchronous;
  private final List<ListenerQueue> queues;
  private final OncePerSecond failures = new OncePerSecond(System::nanoTime);

  Listeners(List<TokenListener> synchronous, List<TokenListener> asynchronous) {
    this.synchronous = List.copyOf(synchronous);
    this.queues = asynchronous.stream().map(ListenerQueue::new).toList();
  }

  boolean isEmpty() {
    return synchronous.isEmpty() && queues.isEmpty();
  }

  /** Never throws: the operation has already happened. */
  void publish(TokenEvent event) {
    for (TokenListener listener : synchronous) {
      try {
        listener.on(event);
      } catch (Throwable failure) {
        failures.log(() -> LOG.warn(
            "A synchronous token listener failed; the operation itself succeeded", failure));
      }
    }
    for (ListenerQueue queue : queues) {
      queue.add(event);
    }
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
