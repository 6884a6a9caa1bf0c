package io.counterfoil.cli;

import io.counterfoil.testing.databases.MariaDb;
import io.counterfoil.testing.databases.PostgreSql;
import java.nio.file.Path;

/** The databases that the build starts. */
enum TestDatabase {
  SQLITE,
  H2,
  HSQLDB,
  DERBY,
  POSTGRESQL,
  MARIADB;

  /** Returns the URL of an empty database, provided that the folder is new. */
  String newUrl(Path folder) {
    return switch (this) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("tokens.db");
      case H2 -> "jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0";
      case HSQLDB ->
        "jdbc:hsqldb:file:" + folder.resolve("tokens") + ";hsqldb.write_delay=false;shutdown=true";
      case DERBY -> "jdbc:derby:" + folder.resolve("tokens") + ";create=true";
      case POSTGRESQL -> PostgreSql.freshUrl();
      case MARIADB -> MariaDb.freshUrl();
    };
  }
}
