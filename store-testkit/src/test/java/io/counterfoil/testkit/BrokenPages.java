package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Like {@link BrokenChanges}: stores that lose their way in many rows, in their order, their ids or a limit. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenPages {
  private BrokenPages() {}

  /** Pages that are ranges of ids. */
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

  /** "At least the next" in the place of "greater than": the greatest has no next. */
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

  /** The order in which rows lie, where a change writes the row anew behind the others. */
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

  /** A limit on what is looked at, not on what is deleted. */
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

  /** A limit that is not kept. */
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

  /** All that is not expired, written anew, as a store in one file does. */
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

  /** Owners in a column that pads with blanks. */
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

  /** Pages that begin one too late. */
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

  /** Pages that begin where the last one ended. */
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
