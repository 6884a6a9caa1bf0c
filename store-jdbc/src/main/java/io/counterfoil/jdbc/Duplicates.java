package io.counterfoil.jdbc;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds out whether a change failed because another token has the same name or hash. Queries the table, since each driver reports
 * the violated key in another way, or not at all.
 */
record Duplicates(StatementRunner runner) {

  /** Returns the exception to throw after an insert failed. */
  RuntimeException explainInsert(TokenStoreException failure, StoredToken row) {
    return explain(failure, () -> {
      if (runner.findByName(row.owner(), row.name()).isPresent()) {
        return new DuplicateTokenNameException();
      }
      return isHashTaken(row) ? new DuplicateTokenHashException() : failure;
    });
  }

  /** Returns the exception to throw after the hashes of a row were not replaced by these. */
  RuntimeException explainReplacement(TokenStoreException failure, StoredToken row) {
    return explain(failure, () -> isHashTaken(row) ? new DuplicateTokenHashException() : failure);
  }

  /** If the outcome is unknown, the row that is found may be the changed one (H4). A second failure must not hide the first. */
  private static RuntimeException explain(
      TokenStoreException failure, Supplier<RuntimeException> query) {
    if (!SqlStates.hasChangedNothing(failure.getCause())) {
      return failure;
    }
    try {
      return query.get();
    } catch (TokenStoreException second) {
      failure.addSuppressed(second);
      return failure;
    }
  }

  /** Reads all rows that have it as hash or previous hash: only the hash is unique. */
  private boolean isHashTaken(StoredToken row) {
    byte[] hash = row.hash().bytes();
    List<StoredToken> rows =
        runner.list("find a token by its hash", runner.sql().findByHash(1), query -> {
          query.setBytes(1, hash);
          query.setBytes(2, hash);
        });
    return rows.stream()
        .anyMatch(other -> other.id() != row.id() && other.hash().hasSameBytes(row.hash()));
  }
}
