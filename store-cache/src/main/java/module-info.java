/** A cache in front of a token store. */
module io.counterfoil.cache {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;

  exports io.counterfoil.cache;
}
