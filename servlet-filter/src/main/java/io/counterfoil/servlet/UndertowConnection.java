package io.counterfoil.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Breaks a connection of Undertow.
 *
 * <p>If a servlet throws after its response is committed, Tomcat and Jetty break the connection. Undertow ends the
 * response as if it were complete, and the servlet API has no method to prevent that. So this class calls two public
 * methods of Undertow: {@code HttpServletRequestImpl.getExchange} and {@code HttpServerExchange.getConnection}. It calls
 * them by reflection, so that the library does not depend on Undertow.
 */
final class UndertowConnection {
  private UndertowConnection() {}

  /** Closes the connection of a request if the container is Undertow. */
  static void breakOff(ServletRequest request) throws IOException {
    ServletRequest original = request;
    while (original instanceof ServletRequestWrapper wrapper) {
      original = wrapper.getRequest();
    }
    if (!original.getClass().getName().startsWith("io.undertow.")) {
      return;
    }
    try {
      Object exchange = original.getClass().getMethod("getExchange").invoke(original);
      Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
      ((Closeable) connection).close();
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IOException("The connection cannot be broken in this version of Undertow", e);
    }
  }
}
