package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Stores with one fault each, in the address of a use or in the deletion of one expired token. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenUses {
  private BrokenUses() {}

  /** Keeps the address of an older use if the new one has none. */
  static final class KeepsAddress extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          uses.forEach((id, use) -> {
            Optional<String> known = findById(id).flatMap(StoredToken::lastUsedFrom);
            Use merged = new Use(use.at(), use.from().or(() -> known));
            super.recordUses(Map.of(id, merged), latestPlausible);
          });
        }
      };
    }
  }

  /** Replaces the address even if the known use is later. */
  static final class ReplacesAddressOfLaterUse extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          super.recordUses(uses, latestPlausible);
          uses.forEach((id, use) -> findById(id)
              .ifPresent(row -> put(TestRow.of(row).lastUsedFrom(use.from()).build())));
        }
      };
    }
  }

  /** Replaces the address of a use at the same time. */
  static final class ReplacesAddressAtSameTime extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          super.recordUses(uses, latestPlausible);
          uses.forEach((id, use) -> findById(id)
              .filter(row -> row.lastUsedAt().filter(use.at()::equals).isPresent())
              .ifPresent(row -> put(TestRow.of(row).lastUsedFrom(use.from()).build())));
        }
      };
    }
  }

  /** Has a column of 39 characters, and cuts longer addresses. */
  static final class CutsAddresses extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          uses.forEach((id, use) -> {
            Use cut = new Use(
                use.at(), use.from().map(from -> from.substring(0, Math.min(39, from.length()))));
            super.recordUses(Map.of(id, cut), latestPlausible);
          });
        }
      };
    }
  }

  /** Deletes a token whether it has expired or not. */
  static final class DeletesLivingToken extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean deleteExpired(long id, Instant before) {
          return delete(id);
        }
      };
    }
  }

  /** Compares the expiry with whole milliseconds. */
  static final class TruncatesDeletion extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean deleteExpired(long id, Instant before) {
          return super.deleteExpired(
              id,
              before.isBefore(Instant.MAX)
                  ? before.minusNanos(before.getNano() % 1_000_000)
                  : before);
        }
      };
    }
  }

  /** Checks the expiry and then deletes, in two separate steps. */
  static final class ChecksThenDeletes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean deleteExpired(long id, Instant before) {
          boolean isExpired = findById(id)
              .flatMap(StoredToken::expiresAt)
              .filter(at -> at.isBefore(before))
              .isPresent();
          BrokenChanges.roundTrip();
          return isExpired && delete(id);
        }
      };
    }
  }
}
