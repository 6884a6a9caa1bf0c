package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Runs SQL statements without the store. */
final class Sql {
  private Sql() {}

  /** Runs a statement and returns the number of rows that it changed. */
  static int run(DataSource dataSource, String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      int changed = statement.executeUpdate();
      end(connection);
      return changed;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a script with its statements changed. A change to an empty text removes a statement. */
  static void run(DataSource dataSource, SchemaScript script, UnaryOperator<String> change) {
    for (String statement : script.statements()) {
      String sql = change.apply(statement);
      if (!sql.isEmpty()) {
        run(dataSource, sql);
      }
    }
  }

  /** Runs a statement and ignores its result. */
  static void execute(DataSource dataSource, String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.execute();
      end(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a query and returns its rows, each as the values that the driver returns. */
  static List<List<Object>> rows(DataSource dataSource, String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<List<Object>> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            row.add(results.getObject(i));
          }
          rows.add(row);
        }
      }
      end(connection);
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static boolean hasTable(DataSource dataSource, String table) {
    try (Connection connection = dataSource.getConnection()) {
      Dialect dialect = Dialect.of(Dialect.product(connection));
      boolean exists =
          SchemaReader.read(connection, new Statements(dialect, table)).exists();
      end(connection);
      return exists;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static void end(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }
}
