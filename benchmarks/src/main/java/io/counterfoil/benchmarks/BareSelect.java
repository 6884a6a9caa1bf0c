package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A plain alternative to the JDBC store, as most people write it: selects three columns by the hash, and checks that the token is
 * enabled and has not expired.
 */
final class BareSelect {
  private static final String SELECT =
      "SELECT id, enabled, expires_at FROM " + TokenTable.NAME + " WHERE hash = ?";

  private static final String UPDATE =
      "UPDATE " + TokenTable.NAME + " SET last_used_at = ? WHERE id = ?";

  private final DataSource dataSource;

  BareSelect(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns the id of a token that is accepted. */
  long find(String plaintext) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return find(connection, plaintext);
    }
  }

  /** Does the same, and updates the time of the last use. */
  long findAndUpdate(String plaintext) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      long id = find(connection, plaintext);
      try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
        update.setLong(1, System.currentTimeMillis());
        update.setLong(2, id);
        update.executeUpdate();
      }
      return id;
    }
  }

  private static long find(Connection connection, String plaintext) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT)) {
      query.setBytes(1, HexKeyMap.sha256().digest(plaintext.getBytes(US_ASCII)));
      try (ResultSet row = query.executeQuery()) {
        if (row.next() && row.getBoolean("enabled") && !isExpired(row)) {
          return row.getLong("id");
        }
        throw new SQLException("a known token was rejected");
      }
    }
  }

  private static boolean isExpired(ResultSet row) throws SQLException {
    long expiresAt = row.getLong("expires_at");
    return !row.wasNull() && expiresAt <= System.currentTimeMillis();
  }
}
