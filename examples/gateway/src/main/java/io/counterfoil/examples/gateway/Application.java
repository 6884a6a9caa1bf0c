package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The application behind the gateway. It does not know tokens. It answers each request with its user, the scopes, the method and
 * the path, and then the body of the request.
 */
final class Application implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final InetAddress gateway;
  private final HttpServer server;

  /**
   * Starts the server on a port of 127.0.0.1.
   *
   * @param gateway the address from which the gateway connects
   */
  Application(InetAddress gateway, int port) throws IOException {
    this.gateway = gateway;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Optional<GatewayUser> user = GatewayUser.of(exchange, gateway);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (user.isEmpty()) {
      exchange.sendResponseHeaders(403, -1);
    } else {
      String line = user.get().owner()
          + ' '
          + new TreeSet<>(user.get().scopes())
          + ' '
          + exchange.getRequestMethod()
          + ' '
          + exchange.getRequestURI()
          + '\n';
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, isHead ? -1 : line.getBytes(UTF_8).length + body.length);
      if (!isHead) {
        exchange.getResponseBody().write(line.getBytes(UTF_8));
        exchange.getResponseBody().write(body);
      }
    }
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
