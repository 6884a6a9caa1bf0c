package io.counterfoil.examples.jdkserver;

import com.sun.net.httpserver.HttpExchange;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Adapts a request of the JDK's HTTP server to the management API. */
record ExchangeRequest(HttpExchange exchange, Verdict.Accepted verdict) implements ApiRequest {

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    int mount = exchange.getHttpContext().getPath().length();
    return exchange.getRequestURI().getPath().substring(mount);
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
  public Optional<Verdict.Accepted> accepted() {
    return Optional.of(verdict);
  }
}
