/** Keeps tokens in a relational database. */
module io.counterfoil.jdbc {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires transitive java.sql;

  exports io.counterfoil.jdbc;
}
