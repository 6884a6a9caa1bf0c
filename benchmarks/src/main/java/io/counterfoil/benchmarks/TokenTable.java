package io.counterfoil.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.benchmarks.TableLoader.Traits;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/** A table with tokens in a new database. */
final class TokenTable implements AutoCloseable {
  static final String NAME = "counterfoil_tokens";

  private static final int CONNECTIONS = 8;

  private final Path folder;
  private final HikariDataSource pool;
  final JdbcTokenStore store;
  final List<Probe> probes;

  /**
   * A token that benchmarks present.
   *
   * @param unknown the plaintext of a token that the table does not contain
   */
  record Probe(long id, String plaintext, String unknown) {
    @Override
    public String toString() {
      return "Probe[" + id + ", ****]";
    }
  }

  private TokenTable(Path folder, Database database, int tokens, IntFunction<Traits> traits)
      throws SQLException {
    this.folder = folder;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.newUrl(folder));
    config.setMaximumPoolSize(CONNECTIONS);
    this.pool = new HikariDataSource(config);
    JdbcTokenStore.createSchema(pool);
    this.probes = new TableLoader(NAME, tokens, traits).load(pool);
    this.store = new JdbcTokenStore(pool);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : database.maintenance(NAME)) {
        statement.execute(sql);
      }
    }
  }

  /** Creates a table, and fills it with tokens that are accepted. */
  static TokenTable create(Database database, int tokens) throws SQLException, IOException {
    return create(database, tokens, Traits::accepted);
  }

  /** Creates and fills a table. The files of the database are below {@code target} until the table is closed. */
  static TokenTable create(Database database, int tokens, IntFunction<Traits> traits)
      throws SQLException, IOException {
    if (System.getProperty("ot.epg.working-dir") == null) {
      System.setProperty("ot.epg.working-dir", ScratchFiles.path("pg").toString());
    }
    Path parent = Files.createDirectories(ScratchFiles.path("databases"));
    return new TokenTable(Files.createTempDirectory(parent, "db"), database, tokens, traits);
  }

  DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() throws IOException {
    pool.close();
    ScratchFiles.delete(folder);
  }
}
