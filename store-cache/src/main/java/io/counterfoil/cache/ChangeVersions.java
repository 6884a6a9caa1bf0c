package io.counterfoil.cache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Records whether a change is in progress and which version the last change had: for each token, for each owner, and for all
 * tokens together. Each change gets the next version number when it ends.
 *
 * <p>Tokens and owners are hashed into a fixed number of slots, so there are no entries to add, find or remove. A token that
 * shares its slot with a changed token is read from the store once more. No lock is held while a change runs.
 */
final class ChangeVersions {
  private static final int SLOTS = 4096; // a power of two

  /** The slot for changes of all tokens. */
  static final int ALL = 2 * SLOTS;

  /** The slot for deletions of expired tokens. */
  static final int EXPIRED = ALL + 1;

  /**
   * The number of low bits of a slot that count the changes in progress. The bits above them hold the version of the last
   * change.
   */
  private static final int COUNT_BITS = 20;

  private static final long COUNT = (1L << COUNT_BITS) - 1;

  private final AtomicLong version = new AtomicLong();
  private final AtomicLongArray slots = new AtomicLongArray(EXPIRED + 1);

  static int slotOfToken(long id) {
    return slot(Long.hashCode(id));
  }

  static int slotOfOwner(String owner) {
    return SLOTS
        + slot(owner.hashCode()); // otherwise a token's change would invalidate all tokens of some
    // owner
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  /** Returns the version of the last change. A row that is read after this call includes that change and all earlier changes. */
  long current() {
    return version.get();
  }

  /** Runs a change and records it. If the change throws, it is recorded too, because the store may have made it. */
  <T> T run(int slot, Supplier<T> change) {
    slots.incrementAndGet(slot);
    try {
      return change.get();
    } finally {
      slots.updateAndGet(slot, this::ended);
    }
  }

  /** Invalidates rows that were read before now, as a change does. */
  void invalidate(int slot) {
    run(slot, () -> true);
  }

  /**
   * Returns a slot with one change fewer in progress. Each retry takes a new version, so the version of a slot never decreases.
   */
  private long ended(long slot) {
    return version.incrementAndGet() << COUNT_BITS | (slot & COUNT) - 1;
  }

  /**
   * Returns whether nothing has changed since a version. Reads the slot only once, because a change could start between two
   * reads.
   */
  boolean isUnchangedSince(long version, int slot) {
    long seen = slots.get(slot);
    return (seen & COUNT) == 0 && seen >>> COUNT_BITS <= version;
  }
}
