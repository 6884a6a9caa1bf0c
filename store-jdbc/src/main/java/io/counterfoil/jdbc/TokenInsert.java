package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Inserts tokens. */
final class TokenInsert {
  /**
   * Held while a token is inserted into Derby. While one connection prepares an insert, an insert of another connection fails
   * immediately if it needs a new id (SQLState 40XL1). The lock is static because stores do not know each other.
   */
  private static final Lock DERBY_INSERTS = new ReentrantLock();

  private final StatementRunner runner;
  private final Statements sql;

  TokenInsert(StatementRunner runner) {
    this.runner = runner;
    this.sql = runner.sql();
  }

  long insert(StoredToken token) {
    try {
      return sql.dialect == Dialect.DERBY ? insertLocked(token) : insertNow(token);
    } catch (TokenStoreException failure) {
      throw new Duplicates(runner).explainInsert(failure, token);
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
    return runner.transactions().change("insert a token", connection -> {
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
}
