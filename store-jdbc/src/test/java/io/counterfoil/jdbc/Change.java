package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.util.Map;
import java.util.Optional;

/** What can be done to a row: as the store does it, and as it should come out. */
enum Change {
  INSERT {
    @Override
    long make(TokenStore store, StoredToken row) {
      return store.insert(row);
    }

    @Override
    Optional<StoredToken> of(StoredToken row) {
      return Optional.of(row);
    }
  },
  DISABLE {
    @Override
    long make(TokenStore store, StoredToken row) {
      return checked(store.setEnabled(row.id(), false), row);
    }

    @Override
    Optional<StoredToken> of(StoredToken row) {
      return Optional.of(row.withEnabled(false));
    }
  },
  ROTATE {
    @Override
    long make(TokenStore store, StoredToken row) {
      boolean made =
          store.rotate(row.id(), row.hash(), replacement(row), Samples.NOW.plusSeconds(120));
      return checked(made, row);
    }

    @Override
    Optional<StoredToken> of(StoredToken row) {
      return Optional.of(row.rotated(replacement(row), Samples.NOW.plusSeconds(120)));
    }
  },
  USE {
    @Override
    long make(TokenStore store, StoredToken row) {
      store.recordUses(Map.of(row.id(), Samples.NOW.plusSeconds(9)));
      return row.id();
    }

    @Override
    Optional<StoredToken> of(StoredToken row) {
      return Optional.of(row.used(Samples.NOW.plusSeconds(9)));
    }
  },
  DELETE {
    @Override
    long make(TokenStore store, StoredToken row) {
      return checked(store.delete(row.id()), row);
    }

    @Override
    Optional<StoredToken> of(StoredToken row) {
      return Optional.empty();
    }
  };

  /** Makes the change and returns the id of its row. */
  abstract long make(TokenStore store, StoredToken row);

  /** Returns what the change leaves of a row. */
  abstract Optional<StoredToken> of(StoredToken row);

  private static TokenHash replacement(StoredToken row) {
    return Samples.hash("rotated " + row.name());
  }

  private static long checked(boolean made, StoredToken row) {
    if (!made) {
      throw new AssertionError("the store says that there is nothing to change at " + row);
    }
    return row.id();
  }
}
