/** An application on the module path. */
module demo {
  requires io.counterfoil;
  requires io.counterfoil.cache;
  requires io.counterfoil.jdbc;
  requires io.counterfoil.memory;
  // An automatic module: it cannot require Jackson and the servlet API itself.
  requires io.counterfoil.servlet;
  requires com.fasterxml.jackson.core;
  requires jakarta.servlet;
  requires com.h2database;
  requires java.naming; // of H2
}
