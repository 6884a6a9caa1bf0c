package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs single statements on the table, and counts the changes that caches must notice. */
record StatementRunner(
    Transactions transactions,
    Statements sql,
    RowMapper rows,
    Optional<ChangeCounter> changeCounter) {

  /** Binds the values of a statement. */
  @FunctionalInterface
  interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  Optional<StoredToken> findById(long id) {
    return find("find a token by its id", sql.findById, query -> query.setLong(1, id));
  }

  Optional<StoredToken> findByName(String owner, String name) {
    return find("find a token by its name", sql.findByName, query -> {
      query.setString(1, rows.encode(owner));
      query.setString(2, rows.encode(name));
    });
  }

  Optional<StoredToken> find(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readFirst(query);
      }
    });
  }

  List<StoredToken> list(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readAll(query);
      }
    });
  }

  int update(String verb, String statement, Binding binding) {
    return transactions.single(verb, connection -> update(connection, statement, binding));
  }

  /** Runs an update that caches must notice, and counts it. */
  int countedUpdate(String verb, long token, String statement, Binding binding) {
    if (changeCounter.isEmpty()) {
      return update(verb, statement, binding);
    }
    return transactions.atomic(verb, connection -> {
      int changed = update(connection, statement, binding);
      if (changed > 0) {
        changeCounter.get().count(connection, token);
      }
      return changed;
    });
  }

  private static int update(Connection connection, String statement, Binding binding)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(statement)) {
      binding.bind(update);
      return update.executeUpdate();
    }
  }
}
