package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.util.List;
import java.util.Optional;

/** Stores with one fault each, in {@code replaceHashes} or in the comparison of hashes. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenHashes {
  private BrokenHashes() {}

  /** Replaces hashes by deleting the row and inserting it again. */
  static final class ReplacesByDeleteAndInsert extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          Optional<StoredToken> row = findById(expected.id()).filter(expected::hasSameHashes);
          if (row.isEmpty() || !delete(expected.id())) {
            return false;
          }
          BrokenChanges.roundTrip();
          put(row.get());
          return super.replaceHashes(expected, hash, previous);
        }
      };
    }
  }

  /** Replaces hashes without comparing the expected ones. */
  static final class IgnoresExpectedHashes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          return findById(expected.id())
              .filter(row -> super.replaceHashes(row, hash, previous))
              .isPresent();
        }
      };
    }
  }

  /** Compares the present hash only. */
  static final class IgnoresExpectedPreviousHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          return findById(expected.id())
              .filter(row -> row.hash().equals(expected.hash()))
              .filter(row -> super.replaceHashes(row, hash, previous))
              .isPresent();
        }
      };
    }
  }

  /** Compares the hashes and then writes, in two separate steps. */
  static final class ChecksThenReplaces extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          Optional<StoredToken> row = findById(expected.id()).filter(expected::hasSameHashes);
          BrokenChanges.roundTrip();
          row.flatMap(found -> findById(found.id()))
              .ifPresent(found -> super.replaceHashes(found, hash, previous));
          return row.isPresent();
        }
      };
    }
  }

  /** Writes the whole expected row, whose other columns may be out of date. */
  static final class WritesExpectedRow extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          boolean isReplaced = super.replaceHashes(expected, hash, previous);
          if (isReplaced) {
            put(expected.withHashes(hash, previous));
          }
          return isReplaced;
        }
      };
    }
  }

  /** Keeps the previous hash if none is given, like an update of only those columns that have a value. */
  static final class KeepsPreviousHash extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          return super.replaceHashes(expected, hash, previous.or(expected::previous));
        }
      };
    }
  }

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
        public synchronized boolean replaceHashes(
            StoredToken expected, TokenHash hash, Optional<Previous> previous) {
          try {
            return super.replaceHashes(expected, hash, previous);
          } catch (DuplicateTokenHashException e) {
            throw new TokenStoreException("update failed", e);
          }
        }
      };
    }
  }
}
