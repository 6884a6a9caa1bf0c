/** Keeps tokens at hand that another store keeps. */
module io.counterfoil.cache {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires com.github.benmanes.caffeine;

  exports io.counterfoil.cache;
}
