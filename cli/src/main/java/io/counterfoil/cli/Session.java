package io.counterfoil.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.Actor;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** What a command works with. The database is opened when it is first needed. */
final class Session implements AutoCloseable {
  final Terminal terminal;
  final Printer out;
  final Printer err;
  private final Configuration configuration;
  private final Drivers drivers;
  private final Optional<AuditFile> audit;
  private Optional<HikariDataSource> pool = Optional.empty();
  private Optional<JdbcTokenStore> store = Optional.empty();
  private Optional<TokenManager> tokens = Optional.empty();

  private Session(CommonOptions options, Terminal terminal) throws CliException {
    this.terminal = terminal;
    Output output = options.output();
    out = new Printer(output, terminal.out());
    err = new Printer(output, terminal.err());
    drivers = options.drivers();
    configuration = options.configuration(terminal);
    audit = options.audit(terminal);
  }

  static Session of(CommonOptions options, Terminal terminal) throws CliException {
    return new Session(options, terminal);
  }

  /** Returns a pool of the database, which is created if the database makes a new file. */
  DataSource openOrCreate() throws CliException {
    pool = Optional.of(Database.openOrCreate(configuration.database(), drivers));
    return pool.get();
  }

  HikariDataSource open(DatabaseSettings other) throws CliException {
    return Database.existing(other, drivers);
  }

  DatabaseSettings database() {
    return configuration.database();
  }

  Set<String> pepperNames() {
    return configuration.pepperNames();
  }

  String table() {
    return configuration.table();
  }

  /** Returns the store, whose table was checked. */
  JdbcTokenStore store() throws CliException {
    if (store.isEmpty()) {
      if (pool.isEmpty()) {
        pool = Optional.of(Database.existing(configuration.database(), drivers));
      }
      DataSource source = pool.get();
      store = Optional.of(Configuration.check(
          "counterfoil.jdbc.table", () -> new JdbcTokenStore(source, configuration.table())));
    }
    return store.get();
  }

  TokenManager tokens() throws CliException {
    if (tokens.isEmpty()) {
      tokens = Optional.of(tokens(store(), true));
    }
    return tokens.get();
  }

  /** Returns a manager of another store, such as that of a dry run. */
  TokenManager tokens(TokenStore other, boolean audited) throws CliException {
    TokenManager.Builder builder =
        Configuration.check("properties", () -> configuration.managerOf(other));
    if (audited) {
      audit.ifPresent(builder::synchronousListener);
    }
    return Configuration.build(builder);
  }

  /** Returns the methods that change tokens, in the name of the user of the operating system. */
  TokenChanges changes() throws CliException {
    return changes(tokens());
  }

  static TokenChanges changes(TokenManager tokens) {
    String user = System.getProperty("user.name", "unknown");
    return tokens.actingAs(Actor.user("cli:" + user), Optional.empty());
  }

  /** Throws if something that was printed or audited did not arrive. */
  void checkStreams() throws CliException {
    if (terminal.out().checkError()) {
      throw CliException.failed("standard output cannot be written");
    }
    if (audit.isPresent()) {
      audit.get().check();
    }
  }

  @Override
  public void close() {
    tokens.ifPresent(TokenManager::close);
    store.ifPresent(JdbcTokenStore::close); // announces the changes to caches
    pool.ifPresent(HikariDataSource::close);
  }
}
