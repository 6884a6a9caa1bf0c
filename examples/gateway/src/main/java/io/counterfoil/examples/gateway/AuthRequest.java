package io.counterfoil.examples.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Adapts a request of a gateway. What the gateway asks about is in the headers. */
record AuthRequest(HttpExchange exchange) implements ApiRequest {

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    return exchange.getRequestURI().getPath();
  }

  @Override
  public String query() {
    return "";
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
  public Optional<InetAddress> remoteAddress() {
    return Optional.of(exchange.getRemoteAddress().getAddress());
  }

  @Override
  public boolean isSecure() {
    return exchange instanceof HttpsExchange;
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return Optional.empty();
  }
}
