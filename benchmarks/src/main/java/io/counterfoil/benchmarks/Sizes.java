package io.counterfoil.benchmarks;

import static io.counterfoil.benchmarks.TextTable.decimal;
import static io.counterfoil.benchmarks.TextTable.number;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a table takes, in the words of its database. */
final class Sizes {
  private Sizes() {}

  /** Returns the bytes of the table and of each index, by the row. */
  static TextTable of(Engine engine, FilledTable full) throws SQLException {
    TextTable sizes = new TextTable("space", "bytes", "bytes per row");
    long total = 0;
    try (Connection connection = full.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet part = statement.executeQuery(engine.sizes(full.name()))) {
      while (part.next()) {
        long bytes = part.getLong("bytes");
        add(sizes, part.getString("part"), bytes, full.tokens());
        total += bytes;
      }
    }
    add(sizes, "all", total, full.tokens());
    return sizes;
  }

  private static void add(TextTable sizes, String part, long bytes, int tokens) {
    sizes.add(part, number(bytes), decimal(1, (double) bytes / tokens));
  }

  /** Returns the type and the length of the hashes as they are stored. */
  static TextTable hashes(Engine engine, FilledTable full) throws SQLException {
    TextTable hashes =
        new TextTable("stored hashes", "type", "least bytes", "most bytes", "tokens");
    try (Connection connection = full.pool().getConnection();
        Statement statement = connection.createStatement()) {
      for (String column : new String[] {"hash", "previous_hash"}) {
        try (ResultSet row = statement.executeQuery(lengths(engine, full.name(), column))) {
          while (row.next()) {
            hashes.add(
                column,
                row.getString(1),
                number(row.getLong(2)),
                number(row.getLong(3)),
                number(row.getLong(4)));
          }
        }
      }
    }
    return hashes;
  }

  /** Grouped, so that a value of another type would have a line of its own. */
  private static String lengths(Engine engine, String table, String column) {
    return """
        SELECT %3$s, MIN(octet_length(%2$s)), MAX(octet_length(%2$s)), COUNT(*)
        FROM %1$s WHERE %2$s IS NOT NULL GROUP BY %3$s
        """.formatted(table, column, engine.typeOf(column));
  }
}
