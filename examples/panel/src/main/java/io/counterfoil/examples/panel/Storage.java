package io.counterfoil.examples.panel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;

/** A store, and what there is to close when it is no longer needed. */
final class Storage implements AutoCloseable {
  private final TokenStore store;
  private final Runnable closing;

  private Storage(TokenStore store, Runnable closing) {
    this.store = store;
    this.closing = closing;
  }

  static Storage inMemory() {
    return new Storage(new InMemoryTokenStore(), () -> {});
  }

  /** Opens a database; makes the table if it is not there. */
  static Storage in(Database database) {
    HikariDataSource pool = new HikariDataSource(pool(database));
    try {
      JdbcTokenStore.createSchema(pool);
    } catch (RuntimeException failure) {
      pool.close();
      throw failure;
    }
    return new Storage(new JdbcTokenStore(pool), pool::close);
  }

  private static HikariConfig pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.durableUrl());
    if (!database.user().isEmpty()) {
      config.setUsername(database.user());
    }
    if (!database.password().isEmpty()) {
      config.setPassword(database.password());
    }
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(1);
    // No request waits longer for the database than this: it gets its 503 then.
    config.setConnectionTimeout(2_000);
    return config;
  }

  TokenStore store() {
    return store;
  }

  @Override
  public void close() {
    closing.run();
  }
}
