package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores with one fault each: a method that lists or deletes several rows uses a wrong order, id or limit. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenPages {
  private BrokenPages() {}

  /** Treats ids as positions: a page is a range of ids. */
  static final class TreatsIdsAsPositions extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public List<StoredToken> list(long afterId, int limit) {
          return super.list(afterId, limit).stream()
              .filter(row -> row.id() <= (int) afterId + limit)
              .toList();
        }

        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return list(afterId, limit).stream()
              .filter(row -> row.owner().equals(owner))
              .toList();
        }
      };
    }
  }

  /** Compares with {@code afterId + 1}, which overflows for the greatest id. */
  static final class OverflowsAfterGreatestId extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public List<StoredToken> list(long afterId, int limit) {
          return super.list(Long.MIN_VALUE, BrokenChanges.EVERYTHING).stream()
              .filter(row -> row.id() >= afterId + 1)
              .limit(limit)
              .toList();
        }

        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return super.listOwnedBy(owner, Long.MIN_VALUE, BrokenChanges.EVERYTHING).stream()
              .filter(row -> row.id() >= afterId + 1)
              .limit(limit)
              .toList();
        }
      };
    }
  }

  /** Lists rows in physical order: a change moves a row to the end. */
  static final class ListsChangedRowsLast extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      Set<Long> changed = ConcurrentHashMap.newKeySet();
      return new ModelStore() {
        @Override
        public boolean setEnabled(long id, boolean enabled) {
          changed.add(id);
          return super.setEnabled(id, enabled);
        }

        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return super.listOwnedBy(owner, afterId, limit).stream()
              .sorted(Comparator.comparing(row -> changed.contains(row.id())))
              .toList();
        }
      };
    }
  }

  /** Applies the limit to the rows it examines, not to the rows it deletes. */
  static final class LimitsBeforeFiltering extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int deleteExpired(Instant before, int limit) {
          int deleted = 0;
          for (StoredToken row : list(0, limit)) {
            if (row.expiresAt().filter(at -> at.isBefore(before)).isPresent()) {
              delete(row.id());
              deleted++;
            }
          }
          return deleted;
        }
      };
    }
  }

  /** Ignores the limit. */
  static final class IgnoresDeleteLimit extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized int deleteExpired(Instant before, int limit) {
          return super.deleteExpired(before, limit > 0 ? BrokenChanges.EVERYTHING : limit);
        }
      };
    }
  }

  /** Rewrites all remaining rows, as a store that uses a single file may do. */
  static final class RewritesRemainingRows extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public int deleteExpired(Instant before, int limit) {
          List<StoredToken> read = list(0, BrokenChanges.EVERYTHING);
          BrokenChanges.roundTrip();
          int deleted = super.deleteExpired(before, limit);
          read.stream().filter(row -> findById(row.id()).isPresent()).forEach(this::put);
          return deleted;
        }
      };
    }
  }

  /** Compares owners without trailing spaces, as a CHAR column does. */
  static final class PadsOwners extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return list(afterId, BrokenChanges.EVERYTHING).stream()
              .filter(row -> row.owner().stripTrailing().equals(owner.stripTrailing()))
              .limit(limit)
              .toList();
        }
      };
    }
  }

  /** Skips one id at the start of every page except the first. */
  static final class SkipsBetweenPages extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public List<StoredToken> list(long afterId, int limit) {
          return super.list(afterId == 0 ? 0 : afterId + 1, limit);
        }
      };
    }
  }

  /** Starts each page with the last row of the page before. */
  static final class RepeatsBetweenPages extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public List<StoredToken> list(long afterId, int limit) {
          return super.list(afterId - 1, limit);
        }
      };
    }
  }
}
