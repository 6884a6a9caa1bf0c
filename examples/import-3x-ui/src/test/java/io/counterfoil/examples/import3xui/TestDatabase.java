package io.counterfoil.examples.import3xui;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The databases for which the command's jar contains a driver. */
enum TestDatabase {
  SQLITE,
  H2,
  POSTGRESQL;

  /** Returns the URL of an empty database, provided that the folder is new. */
  String newUrl(Path folder) {
    return switch (this) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("tokens.db");
      case H2 -> "jdbc:h2:async:" + folder.resolve("tokens");
      case POSTGRESQL -> PostgreSql.freshUrl();
    };
  }

  /** Opens a database as a host application does, to check the imported tokens. */
  static void host(String url, Consumer<TokenManager> check) {
    host(url, 48, 48, check);
  }

  /** Does the same with other limits for the length of plaintexts than those of 3x-ui. */
  static void host(String url, int minLength, int maxLength, Consumer<TokenManager> check) {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(url.startsWith("jdbc:h2:") ? url + ";WRITE_DELAY=0" : url);
      try (TokenManager tokens = TokenManager.builder(new JdbcTokenStore(pool))
          .acceptForeign(minLength, maxLength)
          .build()) {
        check.accept(tokens);
      }
    }
  }
}
