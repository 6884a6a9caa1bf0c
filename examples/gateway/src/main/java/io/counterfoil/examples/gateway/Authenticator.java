package io.counterfoil.examples.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.counterfoil.TokenManager;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ForwardAuth;
import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.RouteScopes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server that gateways ask at {@code /auth}. It knows the tokens, and which scope each route of the application needs. */
final class Authenticator implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final HttpServer server;

  /**
   * Starts the server on a port of 127.0.0.1.
   *
   * @param gateway the address from which the gateway connects
   */
  Authenticator(TokenManager tokens, String gateway, int port) throws IOException {
    RouteScopes routes = RouteScopes.builder()
        .anyToken("GET /me")
        .scope("servers:read", "GET /servers/**")
        .scope("servers:write", "POST /servers/*/restart")
        .build();
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens)
        .routes(routes)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, gateway)
        .throttle(20, Duration.ofMinutes(1))
        .build();
    ForwardAuth forwardAuth = ForwardAuth.of(bearer);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/auth", exchange -> send(exchange, forwardAuth.handle(new AuthRequest(exchange))));
    server.setExecutor(threads);
    server.start();
  }

  private static void send(HttpExchange exchange, ApiResponse answer) throws IOException {
    long length = answer.contentLength().orElseThrow(); // only lists have no length
    boolean hasBody = length > 0 && !exchange.getRequestMethod().equals("HEAD");
    answer.headers().forEach(exchange.getResponseHeaders()::put);
    exchange.sendResponseHeaders(answer.status(), hasBody ? length : -1);
    if (hasBody) {
      answer.body().transferTo(exchange.getResponseBody());
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
