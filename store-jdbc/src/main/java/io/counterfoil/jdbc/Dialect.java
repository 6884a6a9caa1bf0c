package io.counterfoil.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases that have a schema script, and in what they differ from one another. */
enum Dialect {
  POSTGRESQL("PostgreSQL", Blanks.COUNT, "ALTER TABLE {table} ALTER COLUMN {column} TYPE {type}"),
  MARIADB("MariaDB", Blanks.COUNT, "ALTER TABLE {table} MODIFY {column} {definition}"),
  MYSQL("MySQL", Blanks.COUNT, "ALTER TABLE {table} MODIFY {column} {definition}"),
  H2("H2", Blanks.COUNT, "ALTER TABLE {table} ALTER COLUMN {column} {definition}"),
  SQLITE("SQLite", Blanks.COUNT, "a table made anew with {column} {definition}"),
  HSQLDB(
      "HSQL Database Engine",
      Blanks.DO_NOT,
      "ALTER TABLE {table} ALTER COLUMN {column} SET DATA TYPE {type}"),
  DERBY(
      "Apache Derby",
      Blanks.DO_NOT,
      "ALTER TABLE {table} ALTER COLUMN {column} SET DATA TYPE {type}",
      "a database made anew without collation=TERRITORY_BASED in its URL"),
  SQLSERVER(
      "Microsoft SQL Server",
      Blanks.DO_NOT,
      "ALTER TABLE {table} ALTER COLUMN {column} {definition}"),
  ORACLE(
      "Oracle",
      Blanks.DO_NOT,
      "ALTER TABLE {table} MODIFY {column} {type}",
      "ALTER SESSION SET NLS_COMP = BINARY");

  /** Whether texts that differ in blanks at their end alone are different texts; or, to Oracle, an empty text is a text. */
  private enum Blanks {
    COUNT,
    DO_NOT
  }

  private final String product;
  private final String end;
  private final String alteration;
  private final String sharpening;

  Dialect(String product, Blanks blanks, String alteration) {
    this(product, blanks, alteration, alteration);
  }

  /**
   * Makes a dialect.
   *
   * @param product the name that the database gives itself
   * @param alteration what gives a column the type that it must have
   * @param sharpening what makes comparison exact where it is not, if the type of the column cannot
   */
  Dialect(String product, Blanks blanks, String alteration, String sharpening) {
    this.product = product;
    this.end = blanks == Blanks.COUNT ? "" : "|";
    this.alteration = alteration;
    this.sharpening = sharpening;
  }

  /** What a database says of itself. */
  record Product(String name, String version) {
    static Product of(Connection connection) throws SQLException {
      DatabaseMetaData about = connection.getMetaData();
      return new Product(about.getDatabaseProductName(), about.getDatabaseProductVersion());
    }
  }

  static Dialect of(Product product) {
    if (product.name().equals(MYSQL.product) && product.version().contains(MARIADB.product)) {
      return MARIADB; // MySQL's driver calls both by one name
    }
    return Arrays.stream(values())
        .filter(dialect -> dialect.product.equals(product.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("database: " + product.name()
            + " (expected: one of "
            + Arrays.stream(values()).map(each -> each.product).collect(Collectors.joining(", "))
            + ')'));
  }

  /** The part of the names of its scripts that is its own. */
  String script() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns a text as the table keeps it: where blanks at the end do not count, with something behind them. */
  String kept(String text) {
    return text + end;
  }

  /** Undoes {@link #kept}. */
  String given(String kept) throws SQLException {
    if (!kept.endsWith(end)) {
      throw new SQLException("a text does not end in " + end);
    }
    return kept.substring(0, kept.length() - end.length());
  }

  /** Returns what gives the column the type of its definition. */
  String alteration(String table, Part.Column column) {
    return filled(alteration, table, column);
  }

  /** Returns what makes the column compare texts exactly. */
  String sharpening(String table, Part.Column column) {
    return filled(sharpening, table, column);
  }

  private static String filled(String template, String table, Part.Column column) {
    return template
        .replace("{table}", table)
        .replace("{column}", column.name())
        .replace("{definition}", column.definition())
        .replace("{type}", column.definition().replace(" NOT NULL", ""));
  }
}
