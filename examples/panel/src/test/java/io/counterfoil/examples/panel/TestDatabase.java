package io.counterfoil.examples.panel;

import io.counterfoil.testing.Effort;
import io.counterfoil.testing.databases.PostgreSql;
import org.junit.jupiter.api.Assumptions;

/** The databases for which the panel's jar contains a driver. */
enum TestDatabase {
  SQLITE {
    @Override
    String newDatabaseOption() {
      return "--jdbc-url=jdbc:sqlite:panel.db";
    }
  },
  H2 {
    @Override
    String newDatabaseOption() {
      return "--jdbc-url=jdbc:h2:./panel";
    }
  },
  POSTGRESQL {
    @Override
    String newDatabaseOption() {
      return "--jdbc-url=" + PostgreSql.freshUrl();
    }
  };

  /** Returns the option that selects an empty database, provided that the panel's folder is new. */
  abstract String newDatabaseOption();

  /** Skips the test on H2 and PostgreSQL in an ordinary build. */
  void assumeSqliteOrThorough() {
    Assumptions.assumeTrue(
        this == SQLITE || Effort.times(1) > 1,
        "takes a long time: ./mvnw -Pthorough verify runs it");
  }
}
