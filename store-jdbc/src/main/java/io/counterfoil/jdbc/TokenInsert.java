package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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
