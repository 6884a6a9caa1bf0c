package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testing.databases.MariaDb;
import io.counterfoil.testkit.TokenStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts and statements for databases that no build starts: SQL Server and Oracle in H2's modes for them, and MySQL's driver
 * on MariaDB. This proves that they fit together, not that they run on the real databases.
 */
class UntestedDatabasesTest {
  /** Words of the scripts that H2 or MariaDB does not know, with their replacements. */
  private static final Map<String, String> REPLACEMENTS = Map.of(
      " COLLATE Latin1_General_100_BIN2", "",
      "DATALENGTH(", "OCTET_LENGTH(",
      "utf8mb4_0900_bin", "utf8mb4_nopad_bin",
      "IDENTITY (ORDER)", "IDENTITY");

  /** The system view and function of SQL Server that the validator uses. */
  private static final List<String> SQLSERVER_CATALOG = List.of(
      "CREATE SCHEMA sys",
      "CREATE TABLE sys.indexes (object_id INT, name VARCHAR(99), has_filter BIT)",
      "CREATE ALIAS OBJECT_ID AS 'int objectId(String name) { return 7; }'");

  private static final Map<Dialect, HikariDataSource> POOLS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"SQLSERVER", "ORACLE", "MYSQL"})
  void each_statement_runs(Dialect dialect) {
    for (Operation operation : Operation.values()) {
      TokenStore store = emptyStore(dialect);
      StoredToken token = Samples.token("present");
      long id = store.insert(token);
      assertThat(store.findByHash(List.of(token.hash()))).contains(token.withId(id));
      operation.on(store, id);
      boolean isUnchanged = store.list(TokenQuery.all(), 0, 10).equals(List.of(token.withId(id)));
      assertThat(isUnchanged).as("%s", operation).isNotEqualTo(operation.changes());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"SQLSERVER", "ORACLE", "MYSQL"})
  void each_condition_of_a_query_runs(Dialect dialect) {
    TokenStore store = emptyStore(dialect);
    store.insert(Samples.token("present"));
    TokenQuery all = TokenQuery.all();
    for (TokenQuery query : List.of(
        all.owner("owner of present"),
        all.enabled(true),
        all.expiresAfter(Samples.NOW),
        all.expiresBy(Instant.MAX),
        all.nameContains("RESEN"),
        all.scope("write:all"),
        all.scope("read"),
        all.unusedSince(Instant.MAX))) {
      assertThat(store.list(query, 0, 10)).hasSize(1);
      assertThat(store.count(query)).isEqualTo(1);
    }
    for (TokenQuery query : List.of(
        all.owner("OWNER of present"),
        all.enabled(false),
        all.expiresAfter(Instant.MAX),
        all.expiresBy(Samples.NOW),
        all.nameContains("|"),
        all.scope("rea"),
        all.scope("READ"),
        all.unusedSince(Samples.NOW))) {
      assertThat(store.list(query, 0, 10)).isEmpty();
      assertThat(store.count(query)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"SQLSERVER", "ORACLE", "MYSQL"})
  void the_statements_for_a_restore_run(Dialect dialect) {
    TokenStore store = emptyStore(dialect);
    long revoked = store.insert(Samples.token("ann", "revoked"));
    long kept = store.insert(Samples.token("bob", "kept"));
    for (String statement : OperationsDocument.statements(Database.MARIADB)) {
      if (!statement.startsWith("ALTER") && !statement.endsWith("id = 3")) {
        String sql = statement.replace("3, 7", "0");
        Sql.execute(
            POOLS.get(dialect),
            dialect == Dialect.MYSQL ? sql : sql.replace("FALSE", "0").replace("TRUE", "1"));
      }
    }
    assertThat(store.findById(revoked).orElseThrow().enabled()).isFalse();
    assertThat(store.findById(kept).orElseThrow().enabled()).isTrue();
  }

  @Test
  void an_index_of_sql_server_with_a_filter_is_incomplete() throws SQLException {
    assertThat(emptyStore(Dialect.SQLSERVER)).isNotNull();
    HikariDataSource pool = POOLS.get(Dialect.SQLSERVER);
    Sql.run(
        pool,
        "INSERT INTO sys.indexes VALUES (7, 'filtered', 1), (7, 'plain', 0), (8, 'other table', 1)");
    String query = new Statements(Dialect.SQLSERVER, Statements.DEFAULT_TABLE)
        .incompleteIndexes()
        .orElseThrow();
    try (Connection connection = pool.getConnection()) {
      assertThat(Queries.texts(connection, query, Statements.DEFAULT_TABLE))
          .containsExactly("filtered");
    }
  }

  @ParameterizedTest // the limits for a nonclustered key, with pages of 16 KB, and with blocks of 8
  // KB
  @CsvSource({"SQLSERVER, 2, 1700", "MYSQL, 4, 3072", "ORACLE, 4, 6398"})
  void the_longest_owner_and_name_fit_into_an_index_key(
      Dialect dialect, int bytesPerUnit, int limit) {
    SchemaScript script = SchemaScript.schema(dialect, Statements.DEFAULT_TABLE);
    int units = 0;
    for (String column : List.of("owner", "name")) {
      Matcher size = Pattern.compile("\\w+\\((\\d+).*").matcher(script.definition(column));
      assertThat(size.matches()).isTrue();
      units += Integer.parseInt(size.group(1));
    }
    assertThat(units * bytesPerUnit).isLessThanOrEqualTo(limit);
  }

  @Nested
  @Group
  @ThoroughContract
  class SqlServer extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return UntestedDatabasesTest.emptyStore(Dialect.SQLSERVER);
    }
  }

  @Nested
  @Group
  @ThoroughContract
  class Oracle extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return UntestedDatabasesTest.emptyStore(Dialect.ORACLE);
    }
  }

  @Nested
  @Group
  @ThoroughContract
  @AddLifecycleHook(MariaDbTokenStoreTest.SkipHook.class)
  class MySql extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return UntestedDatabasesTest.emptyStore(Dialect.MYSQL);
    }
  }

  @Test
  void mariadb_is_recognized_through_the_driver_of_mysql() {
    TokenStore unused = emptyStore(Dialect.MYSQL);
    HikariDataSource pool = POOLS.get(Dialect.MYSQL);
    assertThat(unused).isNotNull();
    assertThat(new Schema(pool, Statements.DEFAULT_TABLE)
            .open(Runnable::run)
            .runner()
            .sql()
            .dialect)
        .isEqualTo(Dialect.MARIADB);
  }

  @ParameterizedTest // P11: MariaDB has the variables of Galera too, but no cluster
  @CsvSource({"0, true", "2, true", "6, true", "1, true", "3, false", "7, false"})
  void a_node_of_mysql_in_a_galera_cluster_is_refused_if_it_does_not_wait_before_it_reads(
      int syncWait, boolean isRefused) {
    assertThat(emptyStore(Dialect.MYSQL)).isNotNull();
    String url = POOLS.get(Dialect.MYSQL).getJdbcUrl();
    try (HikariDataSource pool =
        Database.open(url + "&sessionVariables=wsrep_sync_wait=" + syncWait, true)) {
      InstrumentedDataSource cluster = new InstrumentedDataSource(pool);
      cluster.replaceInSql("@@wsrep_on", "1");
      ThrowingCallable open = () -> openMySql(cluster.dataSource());
      if (isRefused) {
        assertThatIllegalStateException()
            .isThrownBy(open)
            .withMessageContaining("may return data from before a change of another node")
            .withMessageContaining("sessionVariables=wsrep_sync_wait=7 in its URL");
      } else {
        assertThatCode(open).doesNotThrowAnyException();
      }
    }
  }

  @Test // plain MySQL rejects the unknown variable with error 1193
  void a_mysql_without_the_variables_of_galera_is_accepted() {
    assertThat(emptyStore(Dialect.MYSQL)).isNotNull();
    InstrumentedDataSource plain = new InstrumentedDataSource(POOLS.get(Dialect.MYSQL));
    plain.replaceInSql("@@wsrep_on", "@@no_such_variable");
    assertThatCode(() -> openMySql(plain.dataSource())).doesNotThrowAnyException();
  }

  private static JdbcTokenStore openMySql(DataSource dataSource) {
    Statements sql = new Statements(Dialect.MYSQL, Statements.DEFAULT_TABLE);
    return new JdbcTokenStore(new Schema(dataSource, sql, List.of()));
  }

  private static String replaced(String sql) {
    String replaced = sql;
    for (Map.Entry<String, String> replacement : REPLACEMENTS.entrySet()) {
      replaced = replaced.replace(replacement.getKey(), replacement.getValue());
    }
    return replaced;
  }

  private static String url(Dialect dialect) {
    return switch (dialect) {
      case SQLSERVER -> "jdbc:h2:mem:sqlserver;MODE=MSSQLServer";
      case ORACLE -> "jdbc:h2:mem:oracle;MODE=Oracle";
      default ->
        MariaDb.freshUrl()
            .replace("jdbc:mariadb:", "jdbc:mysql:")
            .replace("sslMode=disable", "sslMode=DISABLED");
    };
  }

  private static TokenStore emptyStore(Dialect dialect) {
    HikariDataSource pool = POOLS.computeIfAbsent(dialect, any -> {
      HikariDataSource opened = Database.open(url(dialect), true);
      SchemaScript script = SchemaScript.schema(dialect, Statements.DEFAULT_TABLE);
      Sql.run(opened, script, UntestedDatabasesTest::replaced);
      if (dialect == Dialect.SQLSERVER) {
        SQLSERVER_CATALOG.forEach(sql -> Sql.run(opened, sql));
      }
      return opened;
    });
    Sql.run(pool, "DELETE FROM counterfoil_tokens");
    Sql.run(pool, "DELETE FROM counterfoil_tokens_once");
    return new JdbcTokenStore(
        new Schema(pool, new Statements(dialect, Statements.DEFAULT_TABLE), List.of()));
  }
}
