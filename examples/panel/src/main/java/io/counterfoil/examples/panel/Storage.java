package io.counterfoil.examples.panel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Where the tokens live, for as long as the panel runs. */
final class Storage implements AutoCloseable {
  private final Supplier<TokenStore> store;
  private final BooleanSupplier making;
  private final Runnable closing;

  private Storage(Supplier<TokenStore> store, BooleanSupplier making, Runnable closing) {
    this.store = store;
    this.making = making;
    this.closing = closing;
  }

  static Storage inMemory() {
    return new Storage(InMemoryTokenStore::new, () -> true, () -> {});
  }

  static Storage in(Database database) {
    HikariDataSource pool = new HikariDataSource(pool(database));
    return new Storage(() -> new JdbcTokenStore(pool), () -> make(pool), pool::close);
  }

  private static boolean make(DataSource pool) {
    JdbcTokenStore.migrateSchema(pool); // what an older version made
    return JdbcTokenStore.createSchema(pool);
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
    // No request waits longer than this for a connection; how long a connection waits, its URL
    // says.
    config.setConnectionTimeout(4_000);
    return config;
  }

  /** Makes what is not there; true if all of it was not, so that it cannot have had a token. */
  boolean make() {
    return making.getAsBoolean();
  }

  /** Returns the tokens, once their place is made. */
  TokenStore store() {
    return store.get();
  }

  @Override
  public void close() {
    closing.run();
  }
}
