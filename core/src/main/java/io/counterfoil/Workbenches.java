package io.counterfoil;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Workbenches that wait for their next use. Kept here rather than with the threads, so that they go when their manager goes;
 * who finds none makes one, and nobody waits.
 */
final class Workbenches {
  private static final int PLACES = 32;
  private static final int TRIES = 2;

  /** Places lie this far apart, so that no two of them share a line of a processor's cache. */
  private static final int APART = 32;

  private final AtomicReferenceArray<@Nullable Workbench> places =
      new AtomicReferenceArray<>(PLACES * APART);

  /** Gives a workbench away, to be closed by who has it. */
  Workbench take() {
    int first = System.identityHashCode(Thread.currentThread());
    for (int i = 0; i < TRIES; i++) {
      Workbench kept = places.getAndSet(index(first + i), null);
      if (kept != null) {
        return kept;
      }
    }
    return new Workbench(this, index(first));
  }

  /** Takes one back to where it was looked for first. */
  void putBack(Workbench bench, int place) {
    places.setRelease(place, bench);
  }

  private static int index(int place) {
    return (place & (PLACES - 1)) * APART;
  }
}
