/** Issues, authenticates and manages API tokens; the SPI that stores implement. */
module io.counterfoil {
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.counterfoil;
}
