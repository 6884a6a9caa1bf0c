package io.counterfoil.jdbc;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Inserts tokens. */
final class TokenInsert {
  /**
   * Held while a token is inserted into Derby. While one connection prepares an insert, an insert of another connection fails
   * immediately if it needs a new id (SQLState 40XL1). The lock is static because stores do not know each other.
   */
  private static final Lock DERBY_INSERTS = new ReentrantLock();

  private final StatementRunner runner;
  private final Statements sql;

  TokenInsert(StatementRunner runner, Statements sql) {
    this.runner = runner;
    this.sql = sql;
  }

  long insert(StoredToken token) {
    try {
      return sql.dialect == Dialect.DERBY ? insertLocked(token) : insertNow(token);
    } catch (TokenStoreException failure) {
      if (isCertainlyNotInserted(failure.getCause()) && isNameTaken(token, failure)) {
        throw new DuplicateTokenNameException();
      }
      throw failure; // the hash was taken, or it is unknown whether the insert happened (H4)
    }
  }

  private long insertLocked(StoredToken token) {
    DERBY_INSERTS.lock();
    try {
      return insertNow(token);
    } finally {
      DERBY_INSERTS.unlock();
    }
  }

  private long insertNow(StoredToken token) {
    return runner.transactions().single("insert a token", connection -> {
      try (PreparedStatement insert = connection.prepareStatement(sql.insert, sql.id())) {
        runner.rows().bind(insert, token);
        insert.executeUpdate();
        return generatedId(insert);
      }
    });
  }

  private static long generatedId(Statement insert) throws SQLException {
    try (ResultSet keys = insert.getGeneratedKeys()) {
      if (!keys.next()) {
        throw new SQLException("the driver returned no generated id");
      }
      return keys.getLong(1);
    }
  }

  /**
   * Returns whether this insert certainly failed, so that a row with the same name must come from another insert. SQLState class
   * 23 is "integrity constraint violation". Class 40 is "transaction rollback", as in a deadlock with the insert of that row. The
   * exception is 40003, "statement completion unknown" (ISO/IEC 9075-2). SQLite has no SQLState; its code 19 is
   * SQLITE_CONSTRAINT.
   */
  private static boolean isCertainlyNotInserted(@Nullable Throwable cause) {
    if (!(cause instanceof SQLException failure)) {
      return false;
    }
    String state = failure.getSQLState();
    return state == null
        ? failure.getErrorCode() == 19
        : state.startsWith("23") || (state.startsWith("40") && !state.equals("40003"));
  }

  /** A failure of this query must not hide the first failure. */
  private boolean isNameTaken(StoredToken token, TokenStoreException first) {
    try {
      return runner.findByName(token.owner(), token.name()).isPresent();
    } catch (TokenStoreException second) {
      first.addSuppressed(second);
      return false;
    }
  }
}
