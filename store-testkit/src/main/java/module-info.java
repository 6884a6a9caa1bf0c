/** Tests that define what every token store must do. */
module io.counterfoil.testkit {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires transitive org.junit.jupiter.api;
  requires net.jqwik.api;
  requires org.assertj.core;

  exports io.counterfoil.testkit;

  // The engines of JUnit and jqwik create instances and call tests by reflection.
  opens io.counterfoil.testkit;
}
