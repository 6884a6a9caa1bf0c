package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.databases.MariaDb;
import io.counterfoil.testkit.TokenStoreContract;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The scripts and statements for databases that no build can start, on the nearest to them that one can: H2 in their modes,
 * and MariaDB by MySQL's driver. What that proves is that they hang together, not that they run on the real ones.
 */
class NotRunTokenStoreTest {
  /** What H2 and MariaDB do not know, or know by another name. */
  private static final Map<String, String> LEFT_OUT = Map.of(
      " COLLATE Latin1_General_100_BIN2", "",
      "DATALENGTH(", "OCTET_LENGTH(",
      "CREATE UNIQUE INDEX", "CREATE UNIQUE NULLS DISTINCT INDEX",
      " WHERE previous_hash IS NOT NULL", "",
      "utf8mb4_0900_bin", "utf8mb4_nopad_bin",
      "IDENTITY (ORDER)", "IDENTITY");

  private static final Map<Dialect, HikariDataSource> POOLS = new ConcurrentHashMap<>();

  @Nested
  @Group
  class SqlServer extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return store(Dialect.SQLSERVER, () -> "jdbc:h2:mem:sqlserver;MODE=MSSQLServer");
    }
  }

  @Nested
  @Group
  class Oracle extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return store(Dialect.ORACLE, () -> "jdbc:h2:mem:oracle;MODE=Oracle");
    }
  }

  @Nested
  @Group
  @AddLifecycleHook(MariaDbTokenStoreTest.Switch.class)
  class MySql extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return store(
          Dialect.MYSQL,
          () -> MariaDb.freshUrl()
              .replace("jdbc:mariadb:", "jdbc:mysql:")
              .replace("sslMode=disable", "sslMode=DISABLED"));
    }
  }

  @Test
  void by_the_driver_of_mysql_mariadb_is_told_apart_from_it() {
    TokenStore unused = new MySql().emptyStore();
    HikariDataSource pool = POOLS.get(Dialect.MYSQL);
    assertThat(unused).isNotNull();
    assertThat(new Schema(pool, Statements.DEFAULT_TABLE).checked().dialect)
        .isEqualTo(Dialect.MARIADB);
  }

  private static String translated(String sql) {
    String translated = sql;
    for (Map.Entry<String, String> unknown : LEFT_OUT.entrySet()) {
      translated = translated.replace(unknown.getKey(), unknown.getValue());
    }
    return translated;
  }

  private static TokenStore store(Dialect dialect, Supplier<String> url) {
    HikariDataSource pool = POOLS.computeIfAbsent(dialect, of -> {
      HikariDataSource opened = Database.open(url.get(), true);
      Script script = Script.schema(dialect, Statements.DEFAULT_TABLE);
      Sql.run(opened, script, NotRunTokenStoreTest::translated);
      return opened;
    });
    Sql.run(pool, "DELETE FROM counterfoil_tokens");
    return new JdbcTokenStore(pool, new Schema(pool, Statements.DEFAULT_TABLE, dialect));
  }
}
