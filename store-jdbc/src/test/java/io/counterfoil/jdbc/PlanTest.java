package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the databases say themselves of how they go about a statement, on a table of a size at which it matters. */
class PlanTest {
  private static final int ROWS = 20_000;
  private static final Statements SQL = new Statements(Statements.DEFAULT_TABLE);

  @ParameterizedTest // K3
  @EnumSource(Planner.class)
  void an_authentication_is_two_probes_of_unique_indexes(Planner planner) throws SQLException {
    try (HikariDataSource pool = planner.filled()) {
      // MariaDB looks while it plans, and plans nothing for what is not there.
      Sql.run(
          pool,
          "UPDATE counterfoil_tokens SET previous_hash = hash, previous_hash_tag = 'x9',"
              + " previous_until = 1 WHERE id = 7");
      Object hash = Sql.rows(pool, "SELECT hash FROM counterfoil_tokens WHERE id = 7")
          .get(0)
          .get(0);
      String plan = planner.plan(pool, SQL.findByHash, hash, hash);
      assertThat(planner.probe.matcher(plan).results()).as(plan).hasSize(2);
      assertThat(plan)
          .contains(planner.indexOn("hash"), planner.indexOn("previous_hash"))
          .doesNotContainPattern(planner.scan);
    }
  }

  @ParameterizedTest // K4
  @EnumSource(Planner.class)
  void no_statement_reads_the_whole_table(Planner planner) throws SQLException {
    Map<String, Object[]> statements = new LinkedHashMap<>();
    statements.put(SQL.hasName, new Object[] {"owner 7", "name 7"});
    statements.put(SQL.findById, new Object[] {7L});
    statements.put(SQL.list, new Object[] {7L, 500});
    statements.put(SQL.listOwnedBy, new Object[] {"owner 7", 7L, 500});
    statements.put(SQL.setEnabled, new Object[] {false, 7L});
    statements.put(SQL.rotate, new Object[] {7L, new byte[32], "x9", 7L, new byte[32], "sha256"});
    statements.put(SQL.recordUse, new Object[] {7L, 7L, 7L});
    statements.put(SQL.delete, new Object[] {7L});
    statements.put(SQL.deleteExpired(planner.product), new Object[] {7L, 500});
    try (HikariDataSource pool = planner.filled()) {
      for (Map.Entry<String, Object[]> statement : statements.entrySet()) {
        String plan = planner.plan(pool, statement.getKey(), statement.getValue());
        assertThat(plan)
            .as(statement.getKey())
            .containsPattern(planner.probe)
            .doesNotContainPattern(planner.scan);
      }
    }
  }

  /** A database, how it is asked for a plan, and what it calls the good and the bad in there. */
  private enum Planner {
    POSTGRESQL(
        Database.POSTGRESQL,
        "PostgreSQL",
        "EXPLAIN ",
        "Index (?:Only )?Scan|Bitmap Index Scan",
        "Seq Scan on counterfoil_tokens",
        """
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, enabled, scopes, allowed_addresses, created_at, expires_at)
        SELECT 'owner ' || i % 500, 'name ' || i, sha256(CAST(CAST(i AS TEXT) AS BYTEA)), 'sha256', TRUE, '', '', i, i
        FROM generate_series(1, ?) AS i
        """,
        "ANALYZE counterfoil_tokens"),
    MARIADB(
        Database.MARIADB,
        "MariaDB",
        "EXPLAIN ",
        " counterfoil_tokens (?:const|ref|range|eq_ref) ",
        " counterfoil_tokens ALL ",
        """
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, enabled, scopes, allowed_addresses, created_at, expires_at)
        SELECT CONCAT('owner ', seq % 500), CONCAT('name ', seq), UNHEX(SHA2(seq, 256)), 'sha256', TRUE, '', '', seq, seq
        FROM seq_1_to_20000 LIMIT ?
        """,
        "ANALYZE TABLE counterfoil_tokens"),
    H2(
        Database.H2,
        "H2",
        "EXPLAIN ",
        "/\\* PUBLIC\\.(?!COUNTERFOIL_TOKENS\\.tableScan)",
        "COUNTERFOIL_TOKENS\\.tableScan",
        """
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, enabled, scopes, allowed_addresses, created_at, expires_at)
        SELECT 'owner ' || MOD(X, 500), 'name ' || X, HASH('SHA-256', CAST(X AS VARCHAR)), 'sha256', TRUE, '', '', X, X
        FROM SYSTEM_RANGE(1, ?)
        """,
        "ANALYZE"),
    SQLITE(
        Database.SQLITE,
        "SQLite",
        "EXPLAIN QUERY PLAN ",
        "SEARCH counterfoil_tokens USING",
        "SCAN counterfoil_tokens",
        """
        WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?)
        INSERT INTO counterfoil_tokens (owner, name, hash, hash_tag, enabled, scopes, allowed_addresses, created_at, expires_at)
        SELECT 'owner ' || i % 500, 'name ' || i, randomblob(32), 'sha256', 1, '', '', i, i FROM numbers
        """,
        "ANALYZE");

    final Pattern probe;
    final Pattern scan;
    private final Database database;
    private final String product;
    private final String explain;
    private final String fill;
    private final String analyze;

    Planner(
        Database database,
        String product,
        String explain,
        String probe,
        String scan,
        String fill,
        String analyze) {
      this.database = database;
      this.product = product;
      this.explain = explain;
      this.probe = Pattern.compile(probe);
      this.scan = Pattern.compile(scan);
      this.fill = fill;
      this.analyze = analyze;
    }

    /** SQLite numbers the indexes of constraints, and names the column. */
    String indexOn(String column) {
      String name = "counterfoil_tokens_" + column + "_key";
      return switch (this) {
        case POSTGRESQL, MARIADB -> name;
        case H2 -> name.toUpperCase(Locale.ROOT);
        case SQLITE -> "(" + column + "=?)";
      };
    }

    HikariDataSource filled() throws SQLException {
      HikariDataSource pool = Database.open(database.freshUrl(), true);
      JdbcTokenStore.createSchema(pool);
      Sql.run(pool, fill, ROWS);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(analyze); // has a result or none, as the database likes
      }
      return pool;
    }

    String plan(HikariDataSource pool, String sql, Object... values) throws SQLException {
      try (Connection connection = pool.getConnection();
          PreparedStatement statement = connection.prepareStatement(explain + sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        List<String> lines = new ArrayList<>();
        try (ResultSet results = statement.executeQuery()) {
          int columns = results.getMetaData().getColumnCount();
          while (results.next()) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 1; i <= columns; i++) {
              line.append(results.getString(i)).append(' ');
            }
            lines.add(line.toString());
          }
        }
        return String.join("\n", lines);
      }
    }
  }
}
