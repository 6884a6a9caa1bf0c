/** Keeps tokens in a relational database. */
@SuppressWarnings("requires-automatic") // by the name that the driver's manifest gives
module io.counterfoil.jdbc {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires transitive java.sql;
  requires static org.postgresql.jdbc;

  exports io.counterfoil.jdbc;
}
