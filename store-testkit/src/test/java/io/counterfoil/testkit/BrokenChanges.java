package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Stores with one fault each, taken from software that was shipped: methods that change or delete rows do it wrongly. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenChanges {
  static final int EVERYTHING = 1000;

  private BrokenChanges() {}

  /** Waits as long as a round trip to a database between a read and a write. Without it, two threads hardly ever interleave. */
  static void roundTrip() {
    LockSupport.parkNanos(1_000_000);
  }

  /** The count of rows that a database says it changed, taken for the count of rows that it found. */
  static final class ReportsOnlyChangedRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean setEnabled(long id, boolean enabled) {
          boolean changes = findById(id).filter(row -> row.enabled() != enabled).isPresent();
          return changes && super.setEnabled(id, enabled);
        }
      };
    }
  }

  /** A switch that reads the row, and writes it whole, as object mappers do. */
  static final class EnablesByWritingWholeRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean setEnabled(long id, boolean enabled) {
          Optional<StoredToken> row = findById(id);
          roundTrip();
          row.ifPresent(found -> put(found.withEnabled(enabled)));
          return row.isPresent();
        }
      };
    }
  }

  /** A "touch" that writes the whole row back, and with it what was there before a disable or a delete. */
  static final class RecordsUsesByWritingWholeRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public void recordUses(Map<Long, Instant> uses) {
          uses.forEach((id, at) -> {
            Optional<StoredToken> row = findById(id);
            roundTrip();
            row.ifPresent(found -> put(found.used(at)));
          });
        }
      };
    }
  }

  /** A rotation that takes the row away and puts it back. */
  static final class RotatesByDeleteAndInsert extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean rotate(
            long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
          Optional<StoredToken> row = findById(id).filter(old -> old.hash().equals(expected));
          if (row.isEmpty() || !delete(id)) {
            return false;
          }
          roundTrip();
          put(row.get().rotated(replacement, previousUntil));
          return true;
        }
      };
    }
  }

  /** A rotation that does not look at the hash it replaces. */
  static final class IgnoresExpectedHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean rotate(
            long id, TokenHash expected, TokenHash replacement, Instant previousUntil) {
          return findById(id)
              .filter(row -> super.rotate(id, row.hash(), replacement, previousUntil))
              .isPresent();
        }
      };
    }
  }

  /** "Not after" where "before" was said. */
  static final class DeletesAtExpiryInstant extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int deleteExpired(Instant before, int limit) {
          return super.deleteExpired(before.plusMillis(1), limit);
        }
      };
    }
  }

  /** A switch for one owner without its condition. */
  static final class DisablesEveryOwner extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public int disableOwnedBy(String owner) {
          return disableAll();
        }
      };
    }
  }

  /** The count of rows that were found, taken for the count of those that were on. */
  static final class CountsDisabledTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int disableAll() {
          super.disableAll();
          return list(0, EVERYTHING).size();
        }
      };
    }
  }

  /** Another hash of the same plaintext, taken for another plaintext. */
  static final class RotatesInsteadOfRehashing extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
          return rotate(id, expected, replacement, TestRow.NOW);
        }
      };
    }
  }

  /** A look, then a write, of another hash. */
  static final class ChecksThenRehashes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
          Optional<StoredToken> row = findById(id).filter(old -> old.hash().equals(expected));
          roundTrip();
          row.ifPresent(old -> put(old.rehashed(replacement)));
          return row.isPresent();
        }
      };
    }
  }

  /** An end that the last caller sets, earlier or later. */
  static final class ExtendsPreviousHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean endPrevious(long id, TokenHash previous, Instant until) {
          Optional<StoredToken> row = findById(id)
              .filter(
                  old -> old.previous().filter(p -> p.hash().equals(previous)).isPresent());
          row.ifPresent(old -> put(old.endingPrevious(until)));
          return row.isPresent();
        }
      };
    }
  }

  /** A delete under a collation that knows no case. */
  static final class DeletesOwnersIgnoringCase extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int deleteOwnedBy(String owner) {
          int deleted = 0;
          for (StoredToken row : list(0, EVERYTHING)) {
            deleted += row.owner().equalsIgnoreCase(owner) && delete(row.id()) ? 1 : 0;
          }
          return deleted;
        }
      };
    }
  }
}
