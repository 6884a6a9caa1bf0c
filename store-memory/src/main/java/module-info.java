/** Stores tokens in memory. */
module io.counterfoil.memory {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;

  exports io.counterfoil.memory;
}
