package io.counterfoil.testkit;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.HexFormat;

/** Stores with one fault each, in {@code insert}. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenInserts {
  private BrokenInserts() {}

  /** Compares names with a case-insensitive collation. */
  static final class IgnoresCase extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          for (StoredToken row :
              list(TokenQuery.all().owner(token.owner()), 0, BrokenChanges.EVERYTHING)) {
            if (row.name().equalsIgnoreCase(token.name())) {
              throw new DuplicateTokenNameException();
            }
          }
          return super.insert(token);
        }
      };
    }
  }

  /** Assigns the highest existing id plus one. */
  static final class ReusesIds extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          lastId = list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING).stream()
              .mapToLong(StoredToken::id)
              .max()
              .orElse(0);
          return super.insert(token);
        }
      };
    }
  }

  /** Checks whether the name exists and then inserts, without a unique constraint. */
  static final class ChecksThenInserts extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public long insert(StoredToken token) {
          if (findByName(token.owner(), token.name()).isPresent()) {
            throw new DuplicateTokenNameException();
          }
          BrokenChanges.roundTrip();
          synchronized (this) {
            lastId++;
            put(token.withId(lastId));
            return lastId;
          }
        }
      };
    }
  }

  /** Has no unique index on the hash. */
  static final class AcceptsDuplicateHashes extends TokenStoreContract {
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

  /** Keeps the driver's message, which quotes values. */
  static final class LeaksHashInMessage extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          try {
            return super.insert(token);
          } catch (DuplicateTokenHashException e) {
            String hash = HexFormat.of().formatHex(token.hash().bytes());
            throw new TokenStoreException("insert failed", new SQLException("duplicate " + hash));
          }
        }
      };
    }
  }
}
