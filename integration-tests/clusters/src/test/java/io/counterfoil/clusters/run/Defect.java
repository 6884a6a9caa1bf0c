package io.counterfoil.clusters.run;

import io.counterfoil.ChangeWatch;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A defect that a test plants into the store of an application. The checker must find it. */
enum Defect {
  NONE {
    @Override
    TokenStore in(TokenStore store) {
      return store;
    }
  },

  /** Reports that a token was disabled, but every second time it was not. */
  FORGETS_TO_DISABLE {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public boolean disable(long id) {
          return calls.incrementAndGet() % 2 == 0 || super.disable(id);
        }
      };
    }
  },

  /** Keeps tokens in its cache for four times the bound. */
  CACHES_TOO_LONG {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        @Override
        public Optional<ChangeWatch> watch() {
          return Optional.empty(); // otherwise the cache would hardly ever be late
        }
      };
    }
  },

  /** Returns 100 ms before a token is deleted. */
  DELETES_LATER {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        @Override
        public boolean delete(long id) {
          boolean isPresent = findById(id).isPresent();
          CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
              .execute(() -> super.delete(id));
          return isPresent;
        }
      };
    }
  },

  /** Updates a row even if it has changed since it was read, and so undoes the other change. */
  UNDOES_CHANGES {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        @Override
        public boolean update(StoredToken changed) {
          return super.update(changed)
              || findById(changed.id())
                  .map(present ->
                      changed.toBuilder().revision(present.revision()).build())
                  .filter(super::update)
                  .isPresent();
        }
      };
    }
  },

  /** Updates the description and the scopes one after the other. */
  UPDATES_IN_HALVES {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        @Override
        public boolean update(StoredToken changed) {
          Optional<StoredToken> present = findById(changed.id());
          if (present.isEmpty() || present.get().scopes().equals(changed.scopes())) {
            return super.update(changed);
          }
          StoredToken half = changed.toBuilder().scopes(present.get().scopes()).build();
          return super.update(half)
              && super.update(
                  changed.toBuilder().revision(changed.revision() + 1).build());
        }
      };
    }
  },

  /** Does not find one token in 200. */
  MISSES_TOKENS {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return calls.incrementAndGet() % 200 == 0
              ? Optional.empty()
              : super.findByHash(candidates);
        }
      };
    }
  },

  /** Fails between a key and its token, and leaves the key. */
  RECORDS_KEYS_ONLY {
    @Override
    TokenStore in(TokenStore store) {
      return new ForwardingTokenStore(store) {
        @Override
        public OptionalLong insertOnce(String key, StoredToken token) {
          OptionalLong id = super.insertOnce(key, token);
          if (id.isPresent()) {
            super.delete(id.getAsLong());
            throw new TokenStoreException("planted");
          }
          return id;
        }
      };
    }
  };

  /** Returns the store with this defect. */
  abstract TokenStore in(TokenStore store);

  /** Returns the staleness bound that the cache has, instead of the one that is set. */
  Duration bound(Duration set) {
    return this == CACHES_TOO_LONG ? set.multipliedBy(4) : set;
  }
}
