package io.counterfoil.examples.import3xui;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The databases that the command has drivers for. */
enum Databases {
  SQLITE,
  H2,
  POSTGRESQL;

  /** Returns the URL of a database in which nothing is yet, if the folder is new. */
  String freshUrl(Path folder) {
    return switch (this) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("tokens.db");
      case H2 -> "jdbc:h2:" + folder.resolve("tokens");
      case POSTGRESQL -> PostgreSql.freshUrl();
    };
  }

  /** Lets a host look at the tokens that were moved there. */
  static void host(String url, Consumer<TokenManager> look) {
    host(url, 48, 48, look);
  }

  /** A host that also accepts plaintexts of other lengths than those of 3x-ui. */
  static void host(String url, int shortest, int longest, Consumer<TokenManager> look) {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(url.startsWith("jdbc:h2:") ? url + ";WRITE_DELAY=0" : url);
      try (TokenManager tokens = TokenManager.builder(new JdbcTokenStore(pool))
          .acceptForeign(shortest, longest)
          .build()) {
        look.accept(tokens);
      }
    }
  }
}
