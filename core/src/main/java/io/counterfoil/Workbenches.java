package io.counterfoil;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Workbenches to be used again and again. Kept here rather than with the threads, so that they go when their manager goes; who
 * finds none that is free makes one, and nobody waits.
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
      Workbench kept = places.get(index(first + i));
      if (kept == null) {
        return madeFor(first + i);
      }
      if (kept.isFree.compareAndSet(true, false)) {
        return kept;
      }
    }
    return madeFor(first); // the one that is there may never be closed
  }

  private Workbench madeFor(int place) {
    Workbench made = new Workbench();
    places.set(index(place), made);
    return made;
  }

  private static int index(int place) {
    return place & (PLACES - 1);
  }
}
