package io.counterfoil.clusters;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.Sql;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The store of a contract: always the same one, emptied for each test. */
final class ContractStore {
  private final DataSource dataSource;
  private final TokenStore store;

  ContractStore(DataSource dataSource) {
    this.dataSource = dataSource;
    JdbcTokenStore.createSchema(dataSource);
    store = new JdbcTokenStore(dataSource);
  }

  TokenStore emptied() {
    try (Connection connection = dataSource.getConnection()) {
      Sql.execute(connection, "DELETE FROM counterfoil_tokens");
      Sql.execute(connection, "DELETE FROM counterfoil_tokens_once");
      return store;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens a pool. */
  static HikariDataSource open(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(10); // the most that a test of the contract needs
    pool.setMinimumIdle(1);
    return pool;
  }
}
