package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Stores with one fault each, in a method that changes or deletes rows. Released software has had such faults. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenChanges {
  static final int EVERYTHING = 1000;

  private BrokenChanges() {}

  /**
   * Waits for about the time that a database takes between a read and a write. Without the wait, two threads hardly
   * ever interleave.
   */
  static void roundTrip() {
    LockSupport.parkNanos(1_000_000);
  }

  /** Disables all tokens in another order than that in which uses are recorded, and fails if the two block each other. */
  static final class LosesDeadlocks extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        private final Semaphore permit = new Semaphore(1);

        @Override
        public void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          permit.acquireUninterruptibly();
          roundTrip();
          super.recordUses(uses, latestPlausible);
          permit.release();
        }

        @Override
        public int disableAll() {
          if (!permit.tryAcquire()) {
            throw new TokenStoreException("deadlock", new SQLException());
          }
          permit.release();
          return super.disableAll();
        }
      };
    }
  }

  /** Returns whether the row changed instead of whether it exists. */
  static final class ReportsOnlyChangedRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean disable(long id) {
          return findById(id).filter(StoredToken::enabled).isPresent() && super.disable(id);
        }
      };
    }
  }

  /** Disables by reading and writing the whole row, as object-relational mappers do. */
  static final class DisablesByWritingWholeRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean disable(long id) {
          Optional<StoredToken> row = findById(id);
          roundTrip();
          row.ifPresent(found -> put(found.disabled()));
          return row.isPresent();
        }
      };
    }
  }

  /** Records uses by writing the whole row, which undoes a concurrent disable or delete. */
  static final class RecordsUsesByWritingWholeRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          uses.forEach((id, use) -> {
            Optional<StoredToken> row = findById(id);
            roundTrip();
            row.ifPresent(found -> put(found.used(use, latestPlausible)));
          });
        }
      };
    }
  }

  /** Compares the stored time of use with another time than the latest plausible one. */
  private abstract static class ComparesUsesWith extends TokenStoreContract {
    abstract Instant other(Instant latestPlausible);

    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          super.recordUses(uses, other(latestPlausible));
        }
      };
    }
  }

  /** Keeps a time that was recorded while a clock was ahead. */
  static final class KeepsImplausibleUses extends ComparesUsesWith {
    @Override
    Instant other(Instant latestPlausible) {
      return Instant.MAX;
    }
  }

  /** Also replaces a stored time that is exactly the latest plausible one. */
  static final class ReplacesLatestPlausibleUse extends ComparesUsesWith {
    @Override
    Instant other(Instant latestPlausible) {
      return latestPlausible.minusNanos(1);
    }
  }

  /** Replaces every stored time, also by an earlier one. */
  static final class KeepsLastRecordedUse extends ComparesUsesWith {
    @Override
    Instant other(Instant latestPlausible) {
      return Instant.MIN;
    }
  }

  /** Also deletes tokens that expire at the given instant. */
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

  /** Disables the tokens of every owner. */
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

  /** Counts all tokens instead of those that were enabled. */
  static final class CountsDisabledTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int disableAll() {
          super.disableAll();
          return list(TokenQuery.all(), 0, EVERYTHING).size();
        }
      };
    }
  }

  /** Ignores the case of owners. */
  static final class DeletesOwnersIgnoringCase extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int deleteOwnedBy(String owner) {
          int deleted = 0;
          for (StoredToken row : list(TokenQuery.all(), 0, EVERYTHING)) {
            deleted += row.owner().equalsIgnoreCase(owner) && delete(row.id()) ? 1 : 0;
          }
          return deleted;
        }
      };
    }
  }
}
