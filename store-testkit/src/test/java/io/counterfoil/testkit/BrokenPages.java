package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
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
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(query, afterId, limit).stream()
              .filter(row -> row.id() <= (int) afterId + limit)
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
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(query, Long.MIN_VALUE, BrokenChanges.EVERYTHING).stream()
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
        public synchronized boolean update(StoredToken row) {
          changed.add(row.id());
          return super.update(row);
        }

        @Override
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(query, afterId, limit).stream()
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
          for (StoredToken row : list(TokenQuery.all(), 0, limit)) {
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
          List<StoredToken> read = list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING);
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
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(TokenQuery.all(), afterId, BrokenChanges.EVERYTHING).stream()
              .filter(row -> matches(query, row))
              .limit(limit)
              .toList();
        }

        private static boolean matches(TokenQuery query, StoredToken row) {
          return query
              .owner()
              .map(String::stripTrailing)
              .map(owner -> query.owner(owner).matches(stripped(row)))
              .orElseGet(() -> query.matches(row));
        }

        private static StoredToken stripped(StoredToken row) {
          return row.toBuilder().owner(row.owner().stripTrailing()).build();
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
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(query, afterId == 0 ? 0 : afterId + 1, limit);
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
        public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(query, afterId - 1, limit);
        }
      };
    }
  }
}
