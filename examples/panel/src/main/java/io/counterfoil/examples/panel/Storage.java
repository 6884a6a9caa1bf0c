package io.counterfoil.examples.panel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The token store and the database connections of a panel. */
final class Storage implements AutoCloseable {
  private final Supplier<TokenStore> store;
  private final Runnable createSchema;
  private final Runnable close;
  private Runnable announce = () -> {};

  private Storage(Supplier<TokenStore> store, Runnable createSchema, Runnable close) {
    this.store = store;
    this.createSchema = createSchema;
    this.close = close;
  }

  static Storage inMemory() {
    return new Storage(InMemoryTokenStore::new, () -> {}, () -> {});
  }

  static Storage in(Database database) {
    HikariDataSource pool = new HikariDataSource(pool(database));
    return new Storage(() -> new JdbcTokenStore(pool), () -> createSchema(pool), pool::close);
  }

  private static void createSchema(DataSource pool) {
    JdbcTokenStore.migrateSchema(pool); // if the table has an older version
    JdbcTokenStore.createSchema(pool);
  }

  private static HikariConfig pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.fullUrl());
    if (!database.user().isEmpty()) {
      config.setUsername(database.user());
    }
    if (!database.password().isEmpty()) {
      config.setPassword(database.password());
    }
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    // A request waits at most 4 seconds for a connection; the URL sets the timeouts of the
    // connection itself.
    config.setConnectionTimeout(4_000);
    return config;
  }

  /** Creates missing tables. */
  void createSchema() {
    createSchema.run();
  }

  /** Returns the store. Call {@link #createSchema()} first. */
  TokenStore store() {
    TokenStore created = store.get();
    if (created instanceof JdbcTokenStore table) {
      announce = table::close; // before the connections are closed
    }
    return created;
  }

  @Override
  public void close() {
    announce.run();
    close.run();
  }
}
