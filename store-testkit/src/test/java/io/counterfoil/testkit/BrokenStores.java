package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;

/** Stores with one fault each, which somebody has shipped. Those that race do so on purpose. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenStores {
  static final int EVERYTHING = 1000;

  private BrokenStores() {}

  /** What passes between a read and a write that are two statements. Without it two threads hardly ever meet in there. */
  static void roundTrip() {
    LockSupport.parkNanos(1_000_000);
  }

  /** Names under a case-insensitive collation. */
  static final class IgnoresCase extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          for (StoredToken row : listOwnedBy(token.owner(), 0, EVERYTHING)) {
            if (row.name().equalsIgnoreCase(token.name())) {
              throw new DuplicateTokenNameException();
            }
          }
          return super.insert(token);
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
          return list(afterId, EVERYTHING).stream()
              .filter(row -> row.owner().stripTrailing().equals(owner.stripTrailing()))
              .limit(limit)
              .toList();
        }
      };
    }
  }

  /** Ids that are the highest plus one. */
  static final class GivesIdsAgain extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          lastId = list(0, EVERYTHING).stream().mapToLong(StoredToken::id).max().orElse(0);
          return super.insert(token);
        }
      };
    }
  }

  /** A look, then an insert, without a constraint. */
  static final class LooksThenInserts extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public long insert(StoredToken token) {
          if (findByName(token.owner(), token.name()).isPresent()) {
            throw new DuplicateTokenNameException();
          }
          roundTrip();
          synchronized (this) {
            lastId++;
            put(token.withId(lastId));
            return lastId;
          }
        }
      };
    }
  }

  /** No unique index on the hash. */
  static final class TakesAHashTwice extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          if (findByName(token.owner(), token.name()).isPresent()) {
            throw new DuplicateTokenNameException();
          }
          lastId++;
          put(token.withId(lastId));
          return lastId;
        }
      };
    }
  }

  /** A lookup that knows the present hash only. */
  static final class ForgetsThePreviousHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return super.findByHash(candidates).filter(row -> candidates.contains(row.hash()));
        }
      };
    }
  }

  /** A lookup with a condition that is not the store's to set. */
  static final class Judges extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return super.findByHash(candidates).filter(StoredToken::enabled);
        }
      };
    }
  }

  /** A cache that no change clears. */
  static final class Caches extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      ConcurrentMap<TokenHash, StoredToken> cache = new ConcurrentHashMap<>();
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          TokenHash hash = candidates.get(0);
          super.findByHash(candidates).ifPresent(row -> cache.putIfAbsent(hash, row));
          return Optional.ofNullable(cache.get(hash));
        }
      };
    }
  }

  /** A lookup that says what the caller wants to hear. */
  static final class FindsAnything extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return list(0, 1).stream()
              .map(row -> row.rotated(candidates.get(0), Sample.NOW))
              .findFirst();
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

  /** The count of rows that a database says it changed, taken for the count of rows that it found. */
  static final class CountsChangesOnly extends TokenStoreContract {
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
  static final class SwitchesTheWholeRow extends TokenStoreContract {
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
  static final class TouchesTheWholeRow extends TokenStoreContract {
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
  static final class DeletesThenInserts extends TokenStoreContract {
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

  /** The words of a driver that quotes what it was given. */
  static final class QuotesTheHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          try {
            return super.insert(token);
          } catch (TokenStoreException e) {
            String hash = HexFormat.of().formatHex(token.hash().bytes());
            throw new TokenStoreException("insert failed", new SQLException("duplicate " + hash));
          }
        }
      };
    }
  }

  /** A rotation that does not look at the hash it replaces. */
  static final class RotatesWhatever extends TokenStoreContract {
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
  static final class DeletesWhatExpiresNow extends TokenStoreContract {
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

  /** A lookup that stops at the first candidate. */
  static final class KnowsOneCandidate extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return super.findByHash(candidates.subList(0, 1));
        }
      };
    }
  }

  /** A lookup by name that takes the first, whoever owns it. */
  static final class FindsTheNameOfAnyOwner extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByName(String owner, String name) {
          return list(0, EVERYTHING).stream()
              .filter(row -> row.name().equals(name))
              .findFirst();
        }
      };
    }
  }

  /** A switch for one owner without its condition. */
  static final class DisablesEverybody extends TokenStoreContract {
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
  static final class CountsThoseThatWereOff extends TokenStoreContract {
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
          return rotate(id, expected, replacement, Sample.NOW);
        }
      };
    }
  }

  /** A look, then a write, of another hash. */
  static final class LooksThenRehashes extends TokenStoreContract {
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
  static final class LetsThePreviousHashLiveLonger extends TokenStoreContract {
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
  static final class DeletesOwnersThatLookAlike extends TokenStoreContract {
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
