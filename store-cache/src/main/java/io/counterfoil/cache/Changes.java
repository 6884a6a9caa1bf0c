package io.counterfoil.cache;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Knows of every token, of every owner's tokens and of all of them whether a change is under way, and when the last one ended.
 *
 * <p>Many share a slot, and with it their changes: so there is nothing to add, to find or to forget, and who is taken for
 * changed and is not, is only asked for once more. Moments are the numbers of the changes that have ended. No lock is held
 * while a change is made.
 */
final class Changes {
  private static final int SHARED = 4096; // a power of two

  /** The slot of what is about all tokens. */
  static final int ALL = SHARED;

  private final AtomicLong moments = new AtomicLong();
  private final AtomicIntegerArray underWay = new AtomicIntegerArray(SHARED + 1);
  private final AtomicLongArray lastEnd = new AtomicLongArray(SHARED + 1);

  static int slotOfToken(long id) {
    return slot(Long.hashCode(id));
  }

  static int slotOfOwner(String owner) {
    return slot(owner.hashCode());
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & (SHARED - 1);
  }

  /** Returns the present moment: what is read of the store from here on knows of every change that has ended by then. */
  long moment() {
    return moments.get();
  }

  /** Makes a change. One that throws may have been made all the same. */
  <T> T make(int slot, Supplier<T> change) {
    underWay.incrementAndGet(slot);
    try {
      return change.get();
    } finally {
      lastEnd.accumulateAndGet(slot, moments.incrementAndGet(), Math::max);
      underWay.decrementAndGet(slot);
    }
  }

  /**
   * Says whether what was read at that moment or later is so still. In this order: a change that ends between the two questions
   * is seen by the second, and one that begins between them has not returned yet.
   */
  boolean areNoneSince(long moment, int slot) {
    return underWay.get(slot) == 0 && lastEnd.get(slot) <= moment;
  }
}
