package io.counterfoil.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Deletes expired tokens: finds their ids first, and then deletes them in another transaction.
 *
 * <p>A single statement does not work: InnoDB locks the rows that a subquery reads, so two nodes deadlock, and Derby counts rows
 * that another node deletes at the same time. A single transaction does not work either: SQLite rejects a write if another
 * connection wrote after the read.
 */
record ExpiredTokens(Transactions transactions, Statements sql) {

  int delete(Instant before, int limit) {
    long end = EpochMillis.ceiling(before);
    List<Long> ids = find(end, limit);
    if (ids.isEmpty()) {
      return 0;
    }
    return transactions.atomic("delete expired tokens", sql.idleLimit, connection -> {
      int deleted = 0;
      try (PreparedStatement delete = connection.prepareStatement(sql.deleteExpired)) {
        for (int from = 0; from < ids.size(); from += Statements.DELETE_BATCH) {
          deleted += delete(delete, end, ids, from);
        }
      }
      return deleted;
    });
  }

  /** Repeats the last id if there are fewer ids than parameters. */
  private static int delete(PreparedStatement delete, long end, List<Long> ids, int from)
      throws SQLException {
    delete.setLong(1, end);
    for (int i = 0; i < Statements.DELETE_BATCH; i++) {
      delete.setLong(i + 2, ids.get(Math.min(from + i, ids.size() - 1)));
    }
    return delete.executeUpdate();
  }

  /** Returns ascending ids, so that two nodes that delete the same rows cannot deadlock. */
  private List<Long> find(long end, int limit) {
    return transactions.read("find expired tokens", connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql.expired)) {
        query.setLong(1, end);
        query.setInt(2, limit);
        List<Long> ids = new ArrayList<>();
        try (ResultSet results = query.executeQuery()) {
          while (results.next()) {
            ids.add(results.getLong(1));
          }
        }
        Collections.sort(ids);
        return ids;
      }
    });
  }
}
