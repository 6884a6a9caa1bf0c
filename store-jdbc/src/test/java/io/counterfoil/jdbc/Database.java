package io.counterfoil.jdbc;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.databases.MariaDb;
import io.counterfoil.testing.databases.PostgreSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.provider.Arguments;

/** The databases that the tests run against: real ones, with the settings for durability that applications need. */
enum Database {
  POSTGRESQL {
    @Override
    String freshUrl() {
      return PostgreSql.freshUrl();
    }
  },
  MARIADB {
    @Override
    String freshUrl() {
      return MariaDb.freshUrl();
    }
  },
  H2 {
    @Override
    String freshUrl() {
      return "jdbc:h2:async:" + freshFolder().resolve("tokens") + ";WRITE_DELAY=0";
    }
  },
  SQLITE {
    @Override
    String freshUrl() {
      return "jdbc:sqlite:" + freshFolder().resolve("tokens.db")
          + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000";
    }

    @Override
    String freshUrlWithoutSync() {
      return freshUrl().replace("synchronous=FULL", "synchronous=OFF");
    }
  },
  HSQLDB {
    @Override
    String freshUrl() {
      // With a lock file, a process would wait 10 seconds for the heartbeat of a killed one.
      return "jdbc:hsqldb:file:" + freshFolder().resolve("tokens")
          + ";hsqldb.write_delay=false;shutdown=true;hsqldb.lock_file=false";
    }

    @Override
    String freshUrlWithoutSync() {
      // With files, HSQLDB always syncs, unless it writes late.
      return "jdbc:hsqldb:mem:" + UUID.randomUUID();
    }
  },
  DERBY {
    @Override
    String freshUrl() {
      // The Javadoc of the store requires this.
      System.setProperty("derby.storage.indexStats.auto", "false");
      // Turns syncing off. Processes that tests kill do not set it.
      System.setProperty("derby.system.durability", "test");
      return "jdbc:derby:" + freshFolder().resolve("tokens") + ";create=true";
    }
  };

  /** Provides each database twice, for tests with the parameters database and auto-commit. */
  static Stream<Arguments> withAndWithoutAutoCommit() {
    return Stream.of(values())
        .flatMap(database -> Stream.of(arguments(database, true), arguments(database, false)));
  }

  /** Creates a database without tables and returns its URL. */
  abstract String freshUrl();

  /** Creates a database like {@link #freshUrl}, but does not sync files if possible: only crash tests need that. */
  String freshUrlWithoutSync() {
    return freshUrl();
  }

  Dialect dialect() {
    return Dialect.valueOf(name());
  }

  /** Opens a connection pool. */
  static HikariDataSource open(String url, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setAutoCommit(autoCommit);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  /** Returns the pool that all tests of a JVM share. Its table exists and is empty. */
  DataSource emptied(boolean autoCommit) {
    DataSource pool = Shared.POOLS.computeIfAbsent(name() + autoCommit, key -> {
      DataSource opened = open(freshUrlWithoutSync(), autoCommit);
      JdbcTokenStore.createSchema(opened);
      return opened;
    });
    Sql.run(pool, "DELETE FROM counterfoil_tokens");
    Sql.run(pool, "DELETE FROM counterfoil_tokens_once");
    return pool;
  }

  /** Returns an empty store on the shared pool. It is always the same store, because each new one checks the whole schema. */
  TokenStore emptyStore(boolean autoCommit) {
    return Shared.STORES.computeIfAbsent(emptied(autoCommit), JdbcTokenStore::new);
  }

  private static Path freshFolder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "databases").toAbsolutePath());
      return Files.createTempDirectory(parent, "db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final Map<String, DataSource> POOLS = new ConcurrentHashMap<>();
    static final Map<DataSource, TokenStore> STORES = new ConcurrentHashMap<>();
  }
}
