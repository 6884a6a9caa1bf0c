/** What every token store must do, as tests to extend. */
module io.counterfoil.testkit {
  requires static transitive org.jspecify;
  requires transitive io.counterfoil;
  requires transitive org.junit.jupiter.api;
  requires net.jqwik.api;
  requires org.assertj.core;

  exports io.counterfoil.testkit;

  // The engines of JUnit and jqwik make instances and call tests by reflection.
  opens io.counterfoil.testkit;
}
