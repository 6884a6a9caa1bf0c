package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.util.Map;
import java.util.Optional;

/** A change of a row: how a store makes it, and which row must result. */
enum RowChange {
  INSERT {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return store.insert(row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row);
    }
  },
  DISABLE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return checked(store.setEnabled(row.id(), false), row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.withEnabled(false));
    }
  },
  ROTATE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      boolean made =
          store.rotate(row.id(), row.hash(), replacement(row), Samples.NOW.plusSeconds(120));
      return checked(made, row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.rotated(replacement(row), Samples.NOW.plusSeconds(120)));
    }
  },
  USE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      store.recordUses(Map.of(row.id(), Samples.NOW.plusSeconds(9)));
      return row.id();
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.used(Samples.NOW.plusSeconds(9)));
    }
  },
  DELETE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return checked(store.delete(row.id()), row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.empty();
    }
  };

  /** Makes the change and returns the id of the row. */
  abstract long apply(TokenStore store, StoredToken row);

  /** Returns the row after the change; empty if it is deleted. */
  abstract Optional<StoredToken> resultFor(StoredToken row);

  private static TokenHash replacement(StoredToken row) {
    return Samples.hash("rotated " + row.name());
  }

  private static long checked(boolean made, StoredToken row) {
    if (!made) {
      throw new AssertionError("the store found no row to change: " + row);
    }
    return row.id();
  }
}
