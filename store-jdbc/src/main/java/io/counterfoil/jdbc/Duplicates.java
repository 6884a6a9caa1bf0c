package io.counterfoil.jdbc;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    if (!hasCertainlyChangedNothing(failure.getCause())) {
      return failure;
    }
    try {
      return query.get();
    } catch (TokenStoreException second) {
      failure.addSuppressed(second);
      return failure;
    }
  }

  /**
   * Returns whether the change certainly failed. SQLState class 23 is "integrity constraint violation". Class 40 is "transaction
   * rollback", as in a deadlock with the change of the other row. The exception is 40003, "statement completion unknown" (ISO/IEC
   * 9075-2). SQLite has no SQLState; its code 19 is SQLITE_CONSTRAINT.
   */
  private static boolean hasCertainlyChangedNothing(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = failure.getSQLState();
    return state == null
        ? failure.getErrorCode() == 19
        : state.startsWith("23") || (state.startsWith("40") && !state.equals("40003"));
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
