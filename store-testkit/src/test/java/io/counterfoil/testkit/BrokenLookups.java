package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Stores with one fault each, in a method that finds one token. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenLookups {
  private BrokenLookups() {}

  /** Finds tokens by their current hash only. */
  static final class IgnoresPreviousHashes extends TokenStoreContract {
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

  /** Does not find disabled tokens, although only a manager may reject them. */
  static final class HidesDisabledTokens extends TokenStoreContract {
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

  /** Has a cache that no change clears. */
  static final class CachesForever extends TokenStoreContract {
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

  /** Returns a token for any hash, as if the token had that hash. */
  static final class FindsAnyHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return list(TokenQuery.all(), 0, 1).stream()
              .map(row -> row.withHashes(candidates.get(0), row.previous()))
              .findFirst();
        }
      };
    }
  }

  /** Checks the first candidate only. */
  static final class ChecksFirstCandidateOnly extends TokenStoreContract {
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

  /** Finds the first token with a name, no matter which owner it has. */
  static final class FindsNamesOfAnyOwner extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByName(String owner, String name) {
          return list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING).stream()
              .filter(row -> row.name().equals(name))
              .findFirst();
        }
      };
    }
  }
}
