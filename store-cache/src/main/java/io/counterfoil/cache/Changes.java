package io.counterfoil.cache;

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
  static final int ALL = 2 * SHARED;

  /** The low bits of a slot count the changes under way, those above are the moment when the last one ended. */
  private static final int COUNT_BITS = 20;

  private static final long COUNT = (1L << COUNT_BITS) - 1;

  private final AtomicLong moments = new AtomicLong();
  private final AtomicLongArray slots = new AtomicLongArray(ALL + 1);

  static int slotOfToken(long id) {
    return slot(Long.hashCode(id));
  }

  static int slotOfOwner(String owner) {
    return SHARED + slot(owner.hashCode()); // else a token's change would end all of some owner
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
    slots.incrementAndGet(slot);
    try {
      return change.get();
    } finally {
      slots.updateAndGet(slot, this::ended);
    }
  }

  /** Ends what was read before now of a slot, as a change does. */
  void end(int slot) {
    make(slot, () -> true);
  }

  /** One change less is under way. The moment is later than that in the slot, also where this is tried again. */
  private long ended(long slot) {
    return moments.incrementAndGet() << COUNT_BITS | (slot & COUNT) - 1;
  }

  /** Says whether what was read of the store at that moment or later is so still. Both from one look, or a change slips between. */
  boolean areNoneSince(long moment, int slot) {
    long seen = slots.get(slot);
    return (seen & COUNT) == 0 && seen >>> COUNT_BITS <= moment;
  }
}
