package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as the database describes it; all names in lower case.
 *
 * @param columns by name; none if there is no such table in the schema that the connection is set to
 * @param indexes those of constraints too
 * @param useless the names of further indexes, which are of some rows, or were not made to the end
 * @param stamp whether the table beside it is there, without which it serves too
 */
record Found(
    Map<String, Column> columns, List<Index> indexes, Set<String> useless, StampTable stamp) {

  /** What is there of the table that has the stamp. */
  enum StampTable {
    ABSENT,
    EMPTY,
    FILLED,
    /** To this user; so nobody knows whether it is filled. */
    UNREADABLE
  }

  /**
   * A column.
   *
   * @param type one of {@link java.sql.Types}
   * @param size of texts and bytes, the most that they may have
   * @param isNumbered whether rows that come without a value get a new number, which the driver then tells
   * @param isRequired whether no rows come without a value
   */
  record Column(int type, int size, boolean isNumbered, boolean isRequired) {}

  /** An index, with its columns in their order. */
  record Index(List<String> columns, boolean isUnique) {
    Index {
      columns = List.copyOf(columns);
    }
  }

  static Found of(Connection connection, Statements sql) throws SQLException {
    return new Catalog(connection, sql).found();
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  /** Says whether an index serves the columns: as its first ones, or if they are to be unique, as all of them. */
  boolean has(Index wanted) {
    return indexes.stream()
        .anyMatch(index -> wanted.isUnique()
            ? index.isUnique() && index.columns().equals(wanted.columns())
            : index.columns().size() >= wanted.columns().size()
                && index.columns().subList(0, wanted.columns().size()).equals(wanted.columns()));
  }
}
