package io.counterfoil.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Adapts a request of the JDK's own HTTP server to a handler of the management API. */
record ExchangeRequest(HttpExchange exchange, Optional<Verdict.Accepted> accepted)
    implements ApiRequest {

  /** Returns an HTTP handler that authenticates each request before the API handles it. */
  static HttpHandler guarded(BearerAuthenticator bearer, ApiHandler handler) {
    return exchange -> {
      Outcome outcome =
          bearer.check(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
      ApiResponse response = outcome instanceof Refused refused
          ? refused.answer()
          : handler.handle(new ExchangeRequest(exchange, proof(outcome)));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      response.headers().forEach(exchange.getResponseHeaders()::put);
      exchange.sendResponseHeaders(
          response.status(), head ? -1 : response.contentLength().orElse(0)); // 0 means chunked
      if (!head) {
        response.body().transferTo(exchange.getResponseBody());
      }
      exchange.close();
    };
  }

  private static Optional<Verdict.Accepted> proof(Outcome outcome) {
    return outcome instanceof Granted granted ? Optional.of(granted.accepted()) : Optional.empty();
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() { // the path of the context must not end in a slash
    return exchange
        .getRequestURI()
        .getPath()
        .substring(exchange.getHttpContext().getPath().length());
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
}
