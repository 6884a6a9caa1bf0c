package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The query plans of the databases, on a table that is large enough for indexes to matter. */
class PlanTest {
  private static final int ROWS = 20_000;
  private static final int OWNERS = 500;
  private static final Map<Planner, HikariDataSource> FILLED = new ConcurrentHashMap<>();

  @ParameterizedTest // K3
  @EnumSource(Planner.class)
  void an_authentication_is_two_lookups_in_indexes(Planner planner) throws SQLException {
    HikariDataSource pool = planner.filled();
    // An existing token: MariaDB looks it up during planning, and shows no plan for a missing one.
    byte[] hash = Samples.hash("name 7").bytes();
    byte[] previous = Samples.hash("previous name 7").bytes();
    String plan = planner.plan(pool, planner.sql().findByHash(1), hash, previous);
    assertThat(planner.probe.matcher(plan).results()).as(plan).hasSize(2);
    assertThat(plan)
        .contains(planner.indexOn("hash"), planner.indexOn("previous_hash"))
        .doesNotContainPattern(planner.scan);
  }

  @ParameterizedTest // K3
  @EnumSource(Planner.class)
  void each_further_candidate_hash_is_two_more_lookups(Planner planner) throws SQLException {
    HikariDataSource pool = planner.filled();
    List<Object> hashes = new ArrayList<>();
    for (String name : List.of("name 7", "name 8", "name 9")) {
      hashes.add(Samples.hash(name).bytes());
      hashes.add(Samples.hash("previous " + name).bytes());
    }
    String plan = planner.plan(pool, planner.sql().findByHash(3), hashes.toArray());
    assertThat(planner.probe.matcher(plan).results()).as(plan).hasSize(6);
    assertThat(plan).doesNotContainPattern(planner.scan);
  }

  @ParameterizedTest // K4, except disableAll, which changes the whole table
  @EnumSource(Planner.class)
  void no_statement_reads_the_whole_table(Planner planner) throws SQLException {
    Map<String, Object[]> statements = new LinkedHashMap<>();
    statements.put(planner.sql().findByName, new Object[] {"owner 7", "name 7"});
    statements.put(planner.sql().findById, new Object[] {7L});
    statements.put(new QuerySql(planner.sql(), TokenQuery.all()).list(), new Object[] {7L, 500});
    statements.put(planner.sql().update, update());
    statements.put(planner.sql().disable, new Object[] {false, 7L});
    statements.put(planner.sql().recordUse, new Object[] {7L, "192.0.2.7", 7L, 7L, 7L});
    statements.put(planner.sql().delete, new Object[] {7L});
    statements.put(planner.sql().deleteIfExpired, new Object[] {7L, 7L});
    statements.put(planner.sql().disableOwnedBy, new Object[] {false, false, "owner 7"});
    statements.put(planner.sql().deleteOwnedBy, new Object[] {"owner 7"});
    statements.put(planner.sql().expired, new Object[] {7L, 500});
    Object[] ids = new Object[1 + Statements.DELETE_BATCH];
    Arrays.setAll(ids, i -> (long) i);
    statements.put(planner.sql().deleteExpired, ids);
    HikariDataSource pool = planner.filled();
    for (Map.Entry<String, Object[]> statement : statements.entrySet()) {
      String plan = planner.plan(pool, statement.getKey(), statement.getValue());
      assertThat(plan)
          .as(statement.getKey())
          .containsPattern(planner.probe)
          .doesNotContainPattern(planner.scan);
    }
  }

  private static Object[] update() {
    byte[] hash = new byte[32];
    return new Object[] {
      "name", "name", "", hash, "x9", hash, "x9", 7L, true, "", "", 7L, 7L, 7L, 7L, 7L
    };
  }

  /** A database, its statement that returns a plan, and the words for index lookups and table scans in the plan. */
  private enum Planner {
    POSTGRESQL(
        Database.POSTGRESQL,
        "EXPLAIN ",
        "Index (?:Only )?Scan|Bitmap Index Scan",
        "Seq Scan on counterfoil_tokens",
        "ANALYZE counterfoil_tokens"),
    MARIADB(
        Database.MARIADB,
        "EXPLAIN ",
        " counterfoil_tokens (?:const|ref|range|eq_ref) ",
        " counterfoil_tokens ALL ",
        "ANALYZE TABLE counterfoil_tokens"),
    H2(
        Database.H2,
        "EXPLAIN ",
        "/\\* PUBLIC\\.(?!COUNTERFOIL_TOKENS\\.tableScan)",
        "COUNTERFOIL_TOKENS\\.tableScan",
        "ANALYZE"),
    SQLITE(
        Database.SQLITE,
        "EXPLAIN QUERY PLAN ",
        "SEARCH counterfoil_tokens USING",
        "SCAN counterfoil_tokens",
        "ANALYZE"),
    HSQLDB(
        Database.HSQLDB,
        "EXPLAIN PLAN FOR ",
        "access=INDEX PRED",
        "access=FULL SCAN",
        "CHECKPOINT"),
    /** Returns the plan of a statement only after its execution. */
    DERBY(
        Database.DERBY,
        "",
        "Index (?:Row to Base Row|Scan) ResultSet for COUNTERFOIL_TOKENS using",
        "Table Scan ResultSet for COUNTERFOIL_TOKENS",
        "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS('APP', 'COUNTERFOIL_TOKENS', NULL)");

    final Pattern probe;
    final Pattern scan;
    private final Database database;
    private final String explain;
    private final String analyze;

    Planner(Database database, String explain, String probe, String scan, String analyze) {
      this.database = database;
      this.explain = explain;
      this.probe = Pattern.compile(probe);
      this.scan = Pattern.compile(scan);
      this.analyze = analyze;
    }

    Statements sql() {
      return new Statements(database.dialect(), Statements.DEFAULT_TABLE);
    }

    /** SQLite's plan names the column, not the index. */
    String indexOn(String column) {
      String name = "counterfoil_tokens_" + column + '_';
      return switch (this) {
        case POSTGRESQL, MARIADB -> name;
        case H2, HSQLDB, DERBY -> name.toUpperCase(Locale.ROOT);
        case SQLITE -> "(" + column + "=?)";
      };
    }

    /** Returns a filled table. All tests share it, because they change too few rows to affect a plan. */
    HikariDataSource filled() throws SQLException {
      if (!FILLED.containsKey(this)) {
        FILLED.put(this, fill());
      }
      return FILLED.get(this);
    }

    private HikariDataSource fill() throws SQLException {
      HikariDataSource pool = Database.open(database.freshUrl(), true);
      JdbcTokenStore.createSchema(pool);
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        fill(connection);
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute(analyze); // has a result on some databases
        }
      }
      return pool;
    }

    private void fill(Connection connection) throws SQLException {
      RowMapper rows = new RowMapper(database.dialect());
      try (PreparedStatement insert = connection.prepareStatement(sql().insert)) {
        for (int i = 1; i <= ROWS; i++) {
          rows.bind(insert, Samples.token("owner " + i % OWNERS, "name " + i));
          insert.addBatch();
          if (i % OWNERS == 0) {
            insert.executeBatch();
          }
        }
      }
    }

    String plan(HikariDataSource pool, String sql, Object... values) throws SQLException {
      try (Connection connection = pool.getConnection()) {
        return switch (this) {
          case DERBY -> planAfterwards(connection, sql, values);
          case HSQLDB -> text(connection, explain + sql); // its plans accept no parameters
          default -> text(connection, explain + sql, values);
        };
      }
    }

    private static String planAfterwards(Connection connection, String sql, Object... values)
        throws SQLException {
      try (Statement statistics = connection.createStatement()) {
        statistics.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
      }
      try (PreparedStatement statement = bound(connection, sql, values)) {
        if (statement.execute()) {
          while (statement.getResultSet().next()) {
            // reads all rows: before, there are no statistics
          }
          statement.getResultSet().close();
        }
      }
      return text(connection, "VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()");
    }

    private static String text(Connection connection, String sql, Object... values)
        throws SQLException {
      try (PreparedStatement statement = bound(connection, sql, values);
          ResultSet results = statement.executeQuery()) {
        StringBuilder text = new StringBuilder();
        int columns = results.getMetaData().getColumnCount();
        while (results.next()) {
          for (int i = 1; i <= columns; i++) {
            text.append(' ').append(results.getString(i));
          }
          text.append(" \n");
        }
        return text.toString();
      }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values)
        throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    }
  }
}
