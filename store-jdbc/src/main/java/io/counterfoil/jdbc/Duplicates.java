package io.counterfoil.jdbc;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.util.List;

/**
 * Finds out whether a change failed because another token has the same name or hash. Queries the table, since each driver reports
 * the violated key in another way, or not at all.
 */
record Duplicates(StatementRunner runner) {

  /** Returns whether an insert failed because its key is recorded. A second failure must not hide the first. */
  boolean isKeyTaken(TokenStoreException failure, String key) {
    try {
      return SqlStates.hasChangedNothing(failure.getCause()) && runner.isRecorded(key);
    } catch (TokenStoreException second) {
      failure.addSuppressed(second);
      return false;
    }
  }

  /** Returns the exception to throw after an insert failed. */
  RuntimeException explainInsert(TokenStoreException failure, StoredToken row) {
    return explain(failure, row, runner.sql().findByName, query -> {
      query.setString(1, runner.rows().encode(row.owner()));
      query.setString(2, runner.rows().encode(row.name()));
    });
  }

  /** Returns the exception to throw after an update failed. The owner of the stored row counts, as an update does not change it. */
  RuntimeException explainUpdate(TokenStoreException failure, StoredToken changed) {
    return explain(failure, changed, runner.sql().findNamesake, query -> {
      query.setLong(1, changed.id());
      query.setString(2, runner.rows().encode(changed.name()));
    });
  }

  /** If the outcome is unknown, the row that is found may be the changed one (H4). A second failure must not hide the first. */
  private RuntimeException explain(
      TokenStoreException failure,
      StoredToken row,
      String findByName,
      StatementRunner.Binding name) {
    if (!SqlStates.hasChangedNothing(failure.getCause())) {
      return failure;
    }
    try {
      if (runner.list("find a token by its name", findByName, name).stream()
          .anyMatch(other -> other.id() != row.id())) {
        return new DuplicateTokenNameException();
      }
      return isHashTaken(row) ? new DuplicateTokenHashException() : failure;
    } catch (TokenStoreException second) {
      failure.addSuppressed(second);
      return failure;
    }
  }

  /** Reads all rows that have it as hash or previous hash: only the hash is unique. */
  private boolean isHashTaken(StoredToken row) {
    byte[] hash = row.hash().bytes();
    List<ResultRow> rows =
        runner.list("find a token by its hash", runner.sql().findByHash(1), query -> {
          query.setBytes(1, hash);
          query.setBytes(2, hash);
        });
    // A row that cannot be read counts: it is not known which of its hashes has these bytes.
    return rows.stream()
        .filter(other -> other.id() != row.id())
        .anyMatch(other ->
            other.readable().map(token -> token.hash().hasSameBytes(row.hash())).orElse(true));
  }
}
