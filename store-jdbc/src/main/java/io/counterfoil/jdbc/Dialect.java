package io.counterfoil.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;

/** The databases that have a schema script. */
enum Dialect {
  POSTGRESQL("PostgreSQL", ""),
  MARIADB("MariaDB", ""),
  MYSQL("MySQL", ""),
  H2("H2", ""),
  SQLITE("SQLite", ""),
  HSQLDB("HSQL Database Engine", "|"),
  DERBY("Apache Derby", "|"),
  SQLSERVER("Microsoft SQL Server", "|"),
  ORACLE("Oracle", "|");

  private final String product;

  /**
   * The end of each stored text. It is needed if the database ignores trailing spaces in comparisons, or (Oracle) treats "" as
   * null.
   */
  final String terminator;

  Dialect(String product, String terminator) {
    this.product = product;
    this.terminator = terminator;
  }

  /** Returns the name and the version of the database. */
  static String product(Connection connection) throws SQLException {
    DatabaseMetaData driver = connection.getMetaData();
    return driver.getDatabaseProductName() + ' ' + driver.getDatabaseProductVersion();
  }

  /** MySQL's driver reports MariaDB as MySQL; only the version contains the name MariaDB. */
  static Dialect of(String product) {
    if (product.startsWith(MYSQL.product) && product.contains(MARIADB.product)) {
      return MARIADB;
    }
    return Arrays.stream(values())
        .filter(dialect -> product.startsWith(dialect.product + ' '))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("database: " + product + " (expected: one of "
            + Arrays.stream(values()).map(each -> each.product).collect(joining(", ")) + ')'));
  }

  /** Returns whether the connection is to a MariaDB server that is a node of a Galera cluster. */
  static boolean isGalera(Connection connection) throws SQLException {
    return Queries.number(connection, """
        SELECT COUNT(*) FROM information_schema.SESSION_VARIABLES
        WHERE VARIABLE_NAME = 'wsrep_on' AND VARIABLE_VALUE = 'ON'
        """) > 0;
  }

  /** Returns the name of the database as its scripts spell it in their names. */
  String script() {
    return name().toLowerCase(Locale.ROOT);
  }
}
