package io.counterfoil.examples.import3xui;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** The target database. */
final class Target {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String H2 = "jdbc:h2:";

  /** The error codes of SQLite and H2 if there is no database and they may not create one. */
  private static final Set<Integer> NO_DATABASE = Set.of(Source.NO_FILE, 90146);

  private static final int PAGE = 1000;

  private Target() {}

  /** Creates the table if it is missing, runs {@code work} on the store, and returns its result. */
  static boolean change(Options options, Predicate<TokenStore> work)
      throws IOException, SQLException {
    Source.requireOther(options.from(), options.url());
    try (HikariDataSource pool = new HikariDataSource(config(options, options.url()))) {
      JdbcTokenStore.migrateSchema(pool); // if the table has an older version
      JdbcTokenStore.createSchema(pool);
      return work.test(new JdbcTokenStore(pool));
    }
  }

  /** Returns a copy of the store in memory, for a dry run. It creates no table and no database. */
  static TokenStore copy(Options options) throws IOException, SQLException {
    Source.requireOther(options.from(), options.url());
    TokenStore copy = new InMemoryTokenStore();
    try (HikariDataSource pool =
        new HikariDataSource(config(options, existingOnly(options.url())))) {
      if (hasTable(pool)) {
        copy(new JdbcTokenStore(pool), copy);
      }
    } catch (PoolInitializationException e) {
      if (!(e.getCause() instanceof SQLException cause)
          || !NO_DATABASE.contains(cause.getErrorCode())) {
        throw e;
      }
    }
    return copy;
  }

  private static void copy(TokenStore from, TokenStore to) {
    List<StoredToken> page = from.list(TokenQuery.all(), 0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(row -> to.insert(row.withId(StoredToken.UNSAVED)));
      page = from.list(TokenQuery.all(), page.get(page.size() - 1).id(), PAGE);
    }
  }

  private static boolean hasTable(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        ResultSet tables = connection.getMetaData().getTables(null, null, null, null)) {
      String schema = connection.getSchema();
      boolean found = false;
      while (tables.next()) { // not by patterns, in which "_" matches any character
        found |= tables.getString("TABLE_NAME").equalsIgnoreCase("counterfoil_tokens")
            && (schema == null || schema.equals(tables.getString("TABLE_SCHEM")));
      }
      return found;
    }
  }

  private static HikariConfig config(Options options, String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.startsWith(H2) ? durable(url) : url);
    if (!options.user().isEmpty()) {
      config.setUsername(options.user());
    }
    if (!options.password().isEmpty()) {
      config.setPassword(options.password());
    }
    config.setMaximumPoolSize(1);
    return config;
  }

  /**
   * By default, H2 writes late, closes the file if a thread is interrupted, and logs the values of failed statements in a trace
   * file. The other databases do not.
   */
  private static String durable(String url) {
    String delay = url.toUpperCase(Locale.ROOT).contains("WRITE_DELAY=") ? "" : ";WRITE_DELAY=0";
    // Not before a prefix such as tcp:, but before a drive of Windows.
    String asynchronous = url.replaceFirst("^jdbc:h2:(file:)?(?![A-Za-z]{2,}:)", "jdbc:h2:async:");
    return asynchronous + delay + ";TRACE_LEVEL_FILE=0";
  }

  private static String existingOnly(String url) {
    if (url.startsWith(SQLITE)) {
      return url + (url.contains("?") ? '&' : '?')
          + "open_mode=2"; // SQLITE_OPEN_READWRITE, without CREATE
    }
    return url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url;
  }
}
