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
 * A number beside the tokens that each change which ends something makes greater, and the tokens of the last changes.
 *
 * <p>Whoever keeps rows at hand asks for it instead of for each of them. PostgreSQL sends a notification with it; that only
 * wakes who waits, and may be lost: the number says whether there was a change.
 */
final class Stamp {
  /** In the place of the id of a token, where a change is about more than one. */
  static final long MANY = 0;

  /** The tokens of so many changes are told of. */
  private static final int REMEMBERED = 8;

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Statements sql;
  private final Optional<String> channel;
  private final boolean canListen;

  private Stamp(
      DataSource dataSource, Statements sql, Optional<String> channel, boolean canListen) {
    this.dataSource = dataSource;
    this.transactions = new Transactions(dataSource);
    this.sql = sql;
    this.channel = channel;
    this.canListen = canListen;
  }

  /** Looks whether the tokens have one that this user may read, and whether the database can notify. */
  static Optional<Stamp> of(Connection connection, DataSource dataSource, Statements sql)
      throws SQLException {
    if (new Catalog(connection, sql).stampTable() != Found.StampTable.FILLED) {
      return Optional.empty();
    }
    Optional<String> channel =
        sql.dialect == Dialect.POSTGRESQL ? channel(connection, sql) : Optional.empty();
    boolean canListen = channel.isPresent() && PostgreSqlDriver.isBehind(connection);
    return Optional.of(new Stamp(dataSource, sql, channel, canListen));
  }

  /** Tries it, for what speaks PostgreSQL's language need not know notifications, and what stands by may send none. */
  private static Optional<String> channel(Connection connection, Statements sql)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.channel);
        ResultSet results = query.executeQuery()) {
      return results.next() ? Optional.of(results.getString(1)) : Optional.empty();
    } catch (SQLException failure) {
      if (Transactions.isNoAnswer(failure)) {
        throw failure;
      }
      Transactions.forget(connection);
      return Optional.empty();
    }
  }

  /**
   * Makes it greater, as the last statement of a transaction: all nodes wait for this row, and none for another after it.
   *
   * @param token the token that was changed, or {@link #MANY}
   */
  void advance(Connection connection, long token) throws SQLException {
    try (PreparedStatement advance = connection.prepareStatement(
        channel.isPresent() ? sql.advanceStampAndNotify : sql.advanceStamp)) {
      advance.setLong(1, token);
      if (channel.isPresent()) {
        advance.setString(2, channel.get());
      }
      advance.execute();
    }
  }

  Row read() {
    return transactions.read("read its stamp", this::read);
  }

  Row read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.stamp);
        ResultSet results = query.executeQuery()) {
      if (!results.next()) {
        throw new SQLException("table " + sql.stampTable + " has no row with id 1");
      }
      List<Long> tokens = new ArrayList<>();
      for (int i = 0; i < REMEMBERED; i++) {
        tokens.add(results.getLong(2 + i));
      }
      return new Row(results.getLong(1), tokens);
    }
  }

  /**
   * The stamp at a moment.
   *
   * @param changes how many there have been
   * @param tokens those of the last changes, the latest first
   */
  record Row(long changes, List<Long> tokens) {

    /** Returns what has changed since there were so many changes. */
    Changed since(long before) {
      long missed = changes - before;
      if (missed == 0) {
        return Changed.NONE;
      }
      if (missed < 0) { // a backup is back
        return Changed.ANY;
      }
      Set<Long> ids = new HashSet<>(tokens.subList(0, (int) Math.min(missed, tokens.size())));
      boolean any = ids.remove(MANY) || missed > tokens.size();
      return new Changed(any, ids);
    }
  }

  ChangeWatch watch() {
    StampWatch asking = new StampWatch(this);
    return canListen
        ? new ListeningWatch(asking, new Listeners(dataSource, this, channel.orElseThrow()))
        : asking;
  }
}
