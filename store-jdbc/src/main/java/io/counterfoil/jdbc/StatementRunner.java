package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs single statements on the table, and announces the changes that caches must notice. */
record StatementRunner(
    Transactions transactions,
    Statements sql,
    RowMapper rows,
    Optional<ChangeAnnouncer> announcer) {

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

  boolean isRecorded(String key) {
    return !transactions
        .read("find a key", connection -> Queries.texts(connection, sql.findKey, key))
        .isEmpty();
  }

  Optional<StoredToken> find(String verb, String statement, Binding binding) {
    Optional<ResultRow> first = transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readFirst(query);
      }
    });
    return first.map(ResultRow::required);
  }

  List<ResultRow> list(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        return rows.readAll(query);
      }
    });
  }

  /** Returns the number that is the only value of a query. */
  long count(String verb, String statement, Binding binding) {
    return transactions.read(verb, connection -> {
      try (PreparedStatement query = connection.prepareStatement(statement)) {
        binding.bind(query);
        try (ResultSet results = query.executeQuery()) {
          results.next();
          return results.getLong(1);
        }
      }
    });
  }

  int update(String verb, String statement, Binding binding) {
    return transactions.change(verb, connection -> {
      try (PreparedStatement update = connection.prepareStatement(statement)) {
        binding.bind(update);
        int changed = update.executeUpdate();
        SynchronousStandby.requireConfirmed(sql.dialect, update);
        return changed;
      }
    });
  }

  /**
   * Runs an update that caches must notice. If the outcome is unknown, it is announced too.
   *
   * @param token the id of the changed token, or {@link ChangeCounter#MANY}
   */
  int announcedUpdate(String verb, long token, String statement, Binding binding) {
    boolean hasChanged = false;
    try {
      int changed = update(verb, statement, binding);
      hasChanged = changed > 0;
      return changed;
    } catch (TokenStoreException failure) {
      hasChanged = !SqlStates.hasChangedNothing(failure.getCause());
      throw failure;
    } finally {
      if (hasChanged) {
        announcer.ifPresent(each -> each.announce(token));
      }
    }
  }

  /** Runs an update of any number of tokens, like {@link #announcedUpdate}. */
  int announcedUpdateOfMany(String verb, String statement, Binding binding) {
    return DerbyTurns.take(
        sql.dialect, () -> announcedUpdate(verb, ChangeCounter.MANY, statement, binding));
  }
}
