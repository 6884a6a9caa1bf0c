package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A plain alternative to the JDBC store: selects the row with a hash, and reads all columns. */
final class BareSelect {
  private static final String SELECT =
      "SELECT * FROM %1$s WHERE hash = ? UNION ALL SELECT * FROM %1$s WHERE previous_hash = ?"
          .formatted(TokenTable.NAME);

  private final DataSource dataSource;
  private final int columns;

  BareSelect(DataSource dataSource) throws SQLException {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM " + TokenTable.NAME + " WHERE id = 1")) {
      columns = row.getMetaData().getColumnCount();
    }
  }

  /** Returns the values of the row of a token. */
  Object[] find(String plaintext) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return find(connection, plaintext);
    }
  }

  /** Does the same, and updates the time of the last use. */
  Object[] findAndUpdate(String plaintext) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(
            "UPDATE " + TokenTable.NAME + " SET last_used_at = ? WHERE id = ?")) {
      Object[] row = find(connection, plaintext);
      update.setLong(1, System.currentTimeMillis());
      update.setObject(2, row[0]);
      update.executeUpdate();
      return row;
    }
  }

  private Object[] find(Connection connection, String plaintext) throws SQLException {
    byte[] hash = HexKeyMap.sha256().digest(plaintext.getBytes(US_ASCII));
    try (PreparedStatement query = connection.prepareStatement(SELECT)) {
      query.setBytes(1, hash);
      query.setBytes(2, hash);
      try (ResultSet results = query.executeQuery()) {
        if (!results.next()) {
          throw new SQLException("a known token was not found");
        }
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = results.getObject(i + 1);
        }
        return row;
      }
    }
  }
}
