package io.counterfoil.examples.jdkserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server with a page for tokens at {@code /api/hello} and the management API at {@code /api/tokens}. */
public final class JdkServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final HttpServer server;

  /** Starts the server on a port of 127.0.0.1. */
  JdkServer(TokenManager tokens, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Guard guard = new Guard(BearerAuthenticator.builder(tokens).build());
    server.createContext("/api/hello", guard.page(JdkServer::hello));
    server.createContext(
        "/api/tokens", guard.api(TokenApi.of(tokens, ManagementPolicy.anyToken())));
    server.setExecutor(threads); // without threads, a slow client blocks all others
    server.start();
  }

  private static void hello(HttpExchange exchange, Verdict.Accepted accepted) throws IOException {
    byte[] text = ("Hello " + accepted.token().userName() + '\n').getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(1); // waits 1 second for running requests
    threads.shutdown();
  }

  /** Starts the server on port 8080 and prints a command to try. */
  public static void main(String[] args) throws IOException {
    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
    JdkServer server = new JdkServer(tokens, 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.close();
      tokens.close(); // after the last request, so its use is recorded
    }));
    String plaintext = tokens.create(NewToken.named("bootstrap").unrestricted()).reveal();
    System.out.println(
        "Try: curl -H 'Authorization: Bearer " + plaintext + "' " + server.url() + "/api/hello");
  }
}
