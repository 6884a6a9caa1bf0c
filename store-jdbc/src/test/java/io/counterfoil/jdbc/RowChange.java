package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  INSERT_ONCE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return store.insertOnce(row.name(), row).orElseThrow();
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row);
    }
  },
  DISABLE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return checked(store.disable(row.id()), row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.disabled());
    }
  },
  ROTATE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return checked(store.update(rotated(row)), row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.updated(rotated(row)));
    }
  },
  UPDATE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      return checked(store.update(edited(row)), row);
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.updated(edited(row)));
    }
  },
  USE {
    @Override
    long apply(TokenStore store, StoredToken row) {
      store.recordUses(Map.of(row.id(), Samples.use(9)), Instant.MAX);
      return row.id();
    }

    @Override
    Optional<StoredToken> resultFor(StoredToken row) {
      return Optional.of(row.used(Samples.use(9), Instant.MAX));
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

  boolean isInsert() {
    return this == INSERT || this == INSERT_ONCE;
  }

  /** Makes the change and returns the id of the row. */
  abstract long apply(TokenStore store, StoredToken row);

  /** Returns the row after the change; empty if it is deleted. */
  abstract Optional<StoredToken> resultFor(StoredToken row);

  private static StoredToken rotated(StoredToken row) {
    return row.withHashes(
        Samples.hash("rotated " + row.name()),
        Optional.of(new StoredToken.Previous(row.hash(), Samples.NOW.plusSeconds(120))));
  }

  private static StoredToken edited(StoredToken row) {
    return row.toBuilder()
        .description("edited")
        .scopes(Set.of("read"))
        .expiresAt(Samples.NOW.plusSeconds(7200))
        .renewedAt(Samples.NOW.plusSeconds(3))
        .build();
  }

  private static long checked(boolean made, StoredToken row) {
    if (!made) {
      throw new AssertionError("the store found no row to change: " + row);
    }
    return row.id();
  }
}
