package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** Inserts tokens. */
final class TokenInsert {
  private final StatementRunner runner;
  private final Statements sql;

  TokenInsert(StatementRunner runner) {
    this.runner = runner;
    this.sql = runner.sql();
  }

  long insert(StoredToken token) {
    try {
      return DerbyTurns.take(sql.dialect, () -> insertNow(token));
    } catch (TokenStoreException failure) {
      throw new Duplicates(runner).explainInsert(failure, token);
    }
  }

  private long insertNow(StoredToken token) {
    return runner.transactions().change("insert a token", connection -> insert(connection, token));
  }

  /** Records the key first: of the callers with one key, only the first one may hold a lock on a token. */
  OptionalLong insertOnce(String key, StoredToken token) {
    try {
      return OptionalLong.of(DerbyTurns.take(sql.dialect, () -> insertNow(key, token)));
    } catch (TokenStoreException failure) {
      Duplicates duplicates = new Duplicates(runner);
      if (duplicates.isKeyTaken(failure, key)) {
        return OptionalLong.empty();
      }
      throw duplicates.explainInsert(failure, token);
    }
  }

  private long insertNow(String key, StoredToken token) {
    return runner.transactions().atomic("insert a token once", sql.idleLimit, connection -> {
      try (PreparedStatement insert = connection.prepareStatement(sql.insertKey)) {
        insert.setString(1, key);
        insert.executeUpdate();
      }
      return insert(connection, token);
    });
  }

  private long insert(Connection connection, StoredToken token) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql.insert, sql.id())) {
      runner.rows().bind(insert, token);
      insert.executeUpdate();
      SynchronousStandby.requireConfirmed(sql.dialect, insert);
      return generatedId(insert);
    }
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
