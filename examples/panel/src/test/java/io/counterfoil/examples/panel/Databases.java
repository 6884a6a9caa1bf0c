package io.counterfoil.examples.panel;

import io.counterfoil.testing.databases.PostgreSql;

/** The databases that the panel has drivers for. */
enum Databases {
  SQLITE {
    @Override
    String freshOption() {
      return "--jdbc-url=jdbc:sqlite:panel.db";
    }
  },
  H2 {
    @Override
    String freshOption() {
      return "--jdbc-url=jdbc:h2:./panel";
    }
  },
  POSTGRESQL {
    @Override
    String freshOption() {
      return "--jdbc-url=" + PostgreSql.freshUrl();
    }
  };

  /** Returns the option that names a database in which nothing is yet, if the folder is new. */
  abstract String freshOption();
}
