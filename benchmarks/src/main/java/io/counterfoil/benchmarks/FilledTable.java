package io.counterfoil.benchmarks;

import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * A table with that many tokens, and some of them to ask for.
 *
 * @param probes in random order
 */
public record FilledTable(
    String name,
    int tokens,
    DataSource pool,
    JdbcTokenStore store,
    TokenManager manager,
    List<Probe> probes,
    Duration loadTime) {

  /**
   * A token to ask for.
   *
   * @param id the number of its row
   * @param unknown the plaintext of another, which the table does not have
   */
  public record Probe(long id, String plaintext, String unknown) {
    @Override
    public String toString() {
      return "Probe[" + id + ", ****]";
    }
  }

  /** Makes and fills a table that is named after the number of its tokens. */
  static FilledTable of(Engine engine, DataSource pool, int tokens) throws SQLException {
    String name = "tokens_" + tokens;
    JdbcTokenStore.createSchema(pool, name);
    long start = System.nanoTime();
    List<Probe> probes = new Load(name, tokens).into(pool);
    Duration loadTime = Duration.ofNanos(System.nanoTime() - start);
    settle(pool, engine.settle(name));
    JdbcTokenStore store = new JdbcTokenStore(pool, name);
    TokenManager manager = TokenManager.builder(store).build();
    return new FilledTable(name, tokens, pool, store, manager, probes, loadTime);
  }

  private static void settle(DataSource pool, List<String> statements) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
