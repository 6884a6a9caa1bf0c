package io.counterfoil.benchmarks.speed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.benchmarks.FilledTable.Probe;
import io.counterfoil.benchmarks.Load;
import io.counterfoil.benchmarks.Scratch;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A table full of tokens in a new database, behind a pool. */
final class TokenTable implements AutoCloseable {
  private static final String NAME = "counterfoil_tokens";

  /** As many as there are threads at most. */
  private static final int CONNECTIONS = 8;

  private final Path folder;
  final HikariDataSource pool;
  final JdbcTokenStore store;
  final List<Probe> probes;

  private TokenTable(Path folder, Database database, int tokens) throws SQLException {
    this.folder = folder;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.freshUrl(folder));
    config.setMaximumPoolSize(CONNECTIONS);
    this.pool = new HikariDataSource(config);
    JdbcTokenStore.createSchema(pool);
    this.probes = new Load(NAME, tokens).into(pool);
    this.store = new JdbcTokenStore(pool);
  }

  /** Makes one; the files of its database are below {@code target}. */
  static TokenTable in(Database database, int tokens) throws SQLException, IOException {
    if (System.getProperty("ot.epg.working-dir") == null) {
      System.setProperty("ot.epg.working-dir", Scratch.beside("pg").toString());
    }
    Path parent = Files.createDirectories(Scratch.beside("speed"));
    return new TokenTable(Files.createTempDirectory(parent, "db"), database, tokens);
  }

  /** Returns the id of the accepted token; a plaintext that is refused would be measured by mistake. */
  static long accepted(TokenManager manager, String plaintext) {
    if (manager.authenticate(plaintext) instanceof Verdict.Accepted accepted) {
      return accepted.token().id();
    }
    throw new IllegalStateException("a known token was rejected");
  }

  @Override
  public void close() throws IOException {
    pool.close();
    Scratch.delete(folder);
  }
}
