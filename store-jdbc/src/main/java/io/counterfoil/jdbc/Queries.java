package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs queries with a single column. */
final class Queries {
  private Queries() {}

  /** Returns the value of each row. */
  static List<String> texts(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet results = query.executeQuery()) {
        while (results.next()) {
          texts.add(String.valueOf(results.getString(1)));
        }
      }
      return texts;
    }
  }

  /** Returns the value of the first row; empty if there is none, or if the query always fails. */
  static Optional<String> first(Connection connection, String sql) throws SQLException {
    try {
      return texts(connection, sql).stream().findFirst();
    } catch (SQLException failure) {
      if (SqlStates.isTemporary(failure)) {
        throw failure;
      }
      Transactions.recover(connection);
      return Optional.empty();
    }
  }

  /** Returns the value of the first row; zero if there is none. */
  static int number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet results = query.executeQuery()) {
      return results.next() ? results.getInt(1) : 0;
    }
  }
}
