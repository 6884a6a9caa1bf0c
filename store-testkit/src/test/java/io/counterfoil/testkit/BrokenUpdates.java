package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.util.Optional;

/** Stores with one fault each, in {@code update}. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenUpdates {
  private BrokenUpdates() {}

  /** Updates by deleting the row and inserting it again. */
  static final class UpdatesByDeleteAndInsert extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean update(StoredToken changed) {
          Optional<StoredToken> row =
              findById(changed.id()).filter(found -> found.revision() == changed.revision());
          if (row.isEmpty() || !delete(changed.id())) {
            return false;
          }
          BrokenChanges.roundTrip();
          put(row.get());
          return super.update(changed);
        }
      };
    }
  }

  /** Updates without comparing the revision. */
  static final class IgnoresRevision extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          return findById(changed.id())
              .filter(row -> super.update(TestRow.withRevision(changed, row.revision())))
              .isPresent();
        }
      };
    }
  }

  /** Compares the revision and then writes, in two separate steps. */
  static final class ChecksThenUpdates extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean update(StoredToken changed) {
          Optional<StoredToken> row =
              findById(changed.id()).filter(found -> found.revision() == changed.revision());
          BrokenChanges.roundTrip();
          row.flatMap(found -> findById(found.id()))
              .ifPresent(found -> super.update(TestRow.withRevision(changed, found.revision())));
          return row.isPresent();
        }
      };
    }
  }
}
