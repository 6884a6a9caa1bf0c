package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  /** Does not raise the revision. */
  static final class ForgetsRevision extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          boolean isUpdated = super.update(changed);
          if (isUpdated) {
            findById(changed.id())
                .ifPresent(row -> put(TestRow.withRevision(row, changed.revision())));
          }
          return isUpdated;
        }
      };
    }
  }

  /** Does not raise the revision of a token that it disables, so an update from before undoes that. */
  static final class DisablesWithoutRevision extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean disable(long id) {
          Optional<StoredToken> row = findById(id);
          row.ifPresent(found -> put(TestRow.of(found).enabled(false).build()));
          return row.isPresent();
        }
      };
    }
  }

  /** Does not raise the revisions of the tokens of an owner that it disables. */
  static final class DisablesOwnersWithoutRevision extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean update(StoredToken changed) {
          BrokenChanges.roundTrip();
          return super.update(changed);
        }

        @Override
        public synchronized int disableOwnedBy(String owner) {
          List<StoredToken> enabled =
              list(TokenQuery.all().owner(owner).enabled(true), 0, BrokenChanges.EVERYTHING);
          enabled.forEach(row -> put(TestRow.of(row).enabled(false).build()));
          return enabled.size();
        }
      };
    }
  }

  /** Also raises the revision when it records a use. */
  static final class RaisesRevisionOnUse extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          super.recordUses(uses, latestPlausible);
          uses.keySet().forEach(id -> findById(id).ifPresent(row -> put(TestRow.raised(row))));
        }
      };
    }
  }

  /** Writes the columns of uses, too, as an object-relational mapper does. */
  static final class WritesUses extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          boolean isUpdated = super.update(changed);
          if (isUpdated) {
            put(TestRow.raised(changed));
          }
          return isUpdated;
        }
      };
    }
  }

  /** Writes only the columns that have a value. */
  static final class KeepsAbsentColumns extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Optional<StoredToken> row = findById(changed.id());
          return super.update(TestRow.of(changed)
              .expiresAt(changed.expiresAt().or(() -> row.flatMap(StoredToken::expiresAt)))
              .noticeAfter(changed.noticeAfter().or(() -> row.flatMap(StoredToken::noticeAfter)))
              .previous(changed.previous().or(() -> row.flatMap(StoredToken::previous)))
              .build());
        }
      };
    }
  }

  /** Adds scopes and never removes one. */
  static final class AddsScopes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Set<String> scopes = new TreeSet<>(changed.scopes());
          findById(changed.id()).ifPresent(row -> scopes.addAll(row.scopes()));
          return super.update(TestRow.of(changed).scopes(scopes).build());
        }
      };
    }
  }

  /** Does not write the time of renewal. */
  static final class KeepsRenewal extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean update(StoredToken changed) {
          Optional<StoredToken> row = findById(changed.id());
          return super.update(TestRow.of(changed)
              .renewedAt(row.map(StoredToken::renewedAt).orElse(changed.renewedAt()))
              .build());
        }
      };
    }
  }
}
