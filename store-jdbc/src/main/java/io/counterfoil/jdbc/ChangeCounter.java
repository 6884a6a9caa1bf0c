package io.counterfoil.jdbc;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The number of changes that caches must notice, and the tokens of the latest changes. Both are in the table of changes.
 *
 * <p>A cache reads this row instead of each of its tokens. On PostgreSQL, adding changes also sends a notification. It only wakes
 * the listeners, and may be lost. The number decides whether there was a change.
 */
final class ChangeCounter {
  /** Stands for the id of a token if a change affects more than one. */
  static final long MANY = 0;

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Statements sql;
  private final Optional<String> channel;
  private final boolean canListen;

  private ChangeCounter(
      DataSource dataSource,
      Transactions transactions,
      Statements sql,
      Optional<String> channel,
      boolean canListen) {
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.sql = sql;
    this.channel = channel;
    this.canListen = canListen;
  }

  /** Returns the counter; empty if this database user may not read it. Also finds out whether the database can notify. */
  static Optional<ChangeCounter> of(
      Connection connection, DataSource dataSource, Transactions transactions, Statements sql)
      throws SQLException {
    if (!isReadable(connection, sql)) {
      return Optional.empty();
    }
    Optional<String> channel =
        sql.dialect == Dialect.POSTGRESQL ? channel(connection, sql) : Optional.empty();
    boolean canListen = channel.isPresent()
        && PostgreSqlDriver.isBehind(connection)
        && !transactions.isPooled(); // a pooler loses notifications, or delivers them to others
    return Optional.of(new ChangeCounter(dataSource, transactions, sql, channel, canListen));
  }

  /** Looks up the table first, since servers log statements that fail. */
  static boolean isReadable(Connection connection, Statements sql) throws SQLException {
    return new SchemaReader(connection, sql).storedName(sql.changesTable).isPresent()
        && Queries.first(connection, sql.readChanges).isPresent();
  }

  /** Sends a test notification: databases that imitate PostgreSQL may not support them, and a standby server rejects them. */
  private static Optional<String> channel(Connection connection, Statements sql)
      throws SQLException {
    return Queries.first(connection, sql.channel);
  }

  /**
   * Adds changes, in one statement.
   *
   * @param tokens the ids of the changed tokens, the latest first, or {@link #MANY}; at most {@value Statements#STORED_CHANGES}
   */
  void add(List<Long> tokens) {
    transactions.change("announce a change", connection -> {
      try (PreparedStatement update = connection.prepareStatement(
          channel.isPresent()
              ? sql.addChangesAndNotify(tokens.size())
              : sql.addChanges(tokens.size()))) {
        int index = 0;
        for (int i = tokens.size() - 1; i >= 0; i--) { // token_8 is the first column
          update.setLong(++index, tokens.get(i));
        }
        if (channel.isPresent()) {
          update.setString(++index, channel.get());
        }
        return update.execute();
      }
    });
  }

  Row read() {
    return transactions.read("read its change counter", this::read);
  }

  Row read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.readChanges);
        ResultSet results = query.executeQuery()) {
      if (!results.next()) {
        throw new SQLException("table " + sql.changesTable + " has no row with id 1");
      }
      List<Long> tokens = new ArrayList<>();
      for (int i = 0; i < Statements.STORED_CHANGES; i++) {
        tokens.add(results.getLong(2 + i));
      }
      return new Row(results.getLong(1), tokens);
    }
  }

  /**
   * The counter at one moment.
   *
   * @param changes the number of changes so far
   * @param tokens the tokens of the latest changes, the most recent first
   */
  record Row(long changes, List<Long> tokens) {

    /** Returns the changes since an earlier number of changes. */
    Changed since(long before) {
      long missed = changes - before;
      if (missed == 0) {
        return Changed.NONE;
      }
      if (missed < 0) { // the database was restored from a backup
        return Changed.ANY;
      }
      Set<Long> ids = new HashSet<>(tokens.subList(0, (int) Math.min(missed, tokens.size())));
      boolean any = ids.remove(MANY) || missed > tokens.size();
      return new Changed(any, ids);
    }
  }

  ChangeWatch watch() {
    PollingWatch polling = new PollingWatch(this);
    return canListen
        ? new NotificationWatch(
            polling, new NotificationListenerFactory(dataSource, this, channel.orElseThrow()))
        : polling;
  }
}
