package io.counterfoil.benchmarks.speed;

import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;

/** A database to measure on, opened as a host would that wants durability. */
public enum Database {
  POSTGRESQL {
    @Override
    String freshUrl(Path folder) {
      return PostgreSql.freshUrl();
    }
  },
  SQLITE {
    @Override
    String freshUrl(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("tokens.db")
          + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000";
    }
  },
  H2 {
    @Override
    String freshUrl(Path folder) {
      return "jdbc:h2:file:" + folder.resolve("tokens") + ";WRITE_DELAY=0";
    }
  };

  /** Makes a new database without any table and returns its URL. */
  abstract String freshUrl(Path folder);
}
