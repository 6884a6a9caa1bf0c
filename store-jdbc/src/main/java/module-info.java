/** Stores tokens in a relational database. */
@SuppressWarnings("requires-automatic") // the driver's module name comes from its manifest
module io.counterfoil.jdbc {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires transitive java.sql;
  requires static org.postgresql.jdbc;
  requires org.slf4j;

  exports io.counterfoil.jdbc;
}
