package io.counterfoil.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;

/** Opens a database. */
final class Database {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String H2 = "jdbc:h2:";
  private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

  private Database() {}

  /** Opens a database that exists. SQLite and H2 would otherwise create one for a misspelled path. */
  static HikariDataSource existing(DatabaseSettings settings, Drivers drivers) throws CliException {
    String url = settings.url();
    if (url.startsWith(SQLITE)) {
      // SQLITE_OPEN_READWRITE, without CREATE.
      return open(url + (url.contains("?") ? '&' : '?') + "open_mode=2", settings, drivers);
    }
    return open(url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url, settings, drivers);
  }

  /** Opens a database, and creates the file if it is missing. */
  static HikariDataSource openOrCreate(DatabaseSettings settings, Drivers drivers)
      throws CliException {
    return open(settings.url(), settings, drivers);
  }

  private static HikariDataSource open(String url, DatabaseSettings settings, Drivers drivers)
      throws CliException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new DriverDataSource(drivers.driver(settings.url()), url, settings));
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw CliException.failed("the database cannot be opened: " + SafeText.causes(cause)
          + " (if its file is missing, migrate creates it)");
    }
  }
}
