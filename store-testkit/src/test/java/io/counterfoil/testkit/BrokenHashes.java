package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.util.List;
import java.util.Optional;

/** Stores with one fault each, in the comparison of hashes. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenHashes {
  private BrokenHashes() {}

  /** Finds a hash only under the tag that is stored. */
  static final class ComparesTags extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized Optional<StoredToken> findByHash(List<TokenHash> candidates) {
          return super.findByHash(candidates)
              .filter(row -> candidates.contains(row.hash())
                  || row.previous()
                      .map(Previous::hash)
                      .filter(candidates::contains)
                      .isPresent());
        }
      };
    }
  }

  /** Reports a hash that another token has as a failure of the store. */
  static final class ReportsDuplicatesAsFailures extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          try {
            return super.insert(token);
          } catch (DuplicateTokenHashException e) {
            throw new TokenStoreException("insert failed", e);
          }
        }

        @Override
        public synchronized boolean update(StoredToken changed) {
          try {
            return super.update(changed);
          } catch (DuplicateTokenHashException e) {
            throw new TokenStoreException("update failed", e);
          }
        }
      };
    }
  }
}
