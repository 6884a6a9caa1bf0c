package io.counterfoil.examples.jdkserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Adapts a request of the JDK's HTTP server. Behind a proxy, it must also implement {@code clientAddress}, with {@code
 * BearerAuthenticator.clientAddress}.
 */
record ExchangeRequest(HttpExchange exchange, String path, Optional<Verdict.Accepted> accepted)
    implements ApiRequest {

  /** Returns a request to be checked. Its path is the one by which the server has chosen the handler. */
  static ExchangeRequest unchecked(HttpExchange exchange) {
    return new ExchangeRequest(exchange, exchange.getRequestURI().getPath(), Optional.empty());
  }

  /** Returns a request with an accepted token. Its path is the part below the path of the handler. */
  static ExchangeRequest accepted(HttpExchange exchange, Verdict.Accepted accepted) {
    int mount = exchange.getHttpContext().getPath().length();
    String path = exchange.getRequestURI().getPath().substring(mount);
    return new ExchangeRequest(exchange, path, Optional.of(accepted));
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String query() {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  @Override
  public List<String> headers(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of());
  }

  @Override
  public InputStream body() {
    return exchange.getRequestBody();
  }

  @Override
  public boolean isSecure() {
    return exchange instanceof HttpsExchange;
  }

  @Override
  public Optional<InetAddress> remoteAddress() {
    return Optional.of(exchange.getRemoteAddress().getAddress());
  }
}
