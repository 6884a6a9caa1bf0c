/** Issues, authenticates and manages API tokens. Also contains the SPI that stores implement. */
@SuppressWarnings("module") // the modules that read the internal package are built after this one
module io.counterfoil {
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.counterfoil;
  exports io.counterfoil.internal to
      io.counterfoil.cache,
      io.counterfoil.jdbc;
}
