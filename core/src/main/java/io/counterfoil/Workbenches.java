package io.counterfoil;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Workbenches that wait for their next use. Kept here rather than with the threads, so that they go when their manager goes;
 * who finds none makes one, and nobody waits.
 *
 * <p>One that is in use stays in its place, and says so itself: a reference that comes and goes is one that the garbage collector
 * follows each time.
 */
final class Workbenches {
  private static final int PLACES = 32;
  private static final int TRIES = 2;

  private final AtomicReferenceArray<@Nullable Workbench> places =
      new AtomicReferenceArray<>(PLACES);

  /** Gives a workbench away, to be closed by who has it. */
  Workbench take() {
    int first = System.identityHashCode(Thread.currentThread());
    for (int i = 0; i < TRIES; i++) {
      Workbench kept = places.get((first + i) & (PLACES - 1));
      if (kept != null && kept.isFree.compareAndSet(true, false)) {
        return kept;
      }
    }
    Workbench another = new Workbench();
    places.set(first & (PLACES - 1), another); // the one before may never be closed
    return another;
  }
}
