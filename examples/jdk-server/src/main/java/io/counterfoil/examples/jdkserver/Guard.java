package io.counterfoil.examples.jdkserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.io.IOException;
import java.util.List;

/** Stands before the pages that are for those who have a token. */
record Guard(BearerAuthenticator bearer) {

  /** A page that is shown to the bearer of a token. The proof is no attribute: this server shares those among requests. */
  interface Page {
    void show(HttpExchange exchange, Verdict.Accepted accepted) throws IOException;
  }

  /** Returns what to mount for a page of the host. */
  HttpHandler page(Page page) {
    return exchange -> {
      try {
        Outcome outcome = bearer.check(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(), // by which the server chose the context, too
            exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        if (outcome instanceof Granted granted) {
          page.show(exchange, granted.accepted());
        } else if (outcome instanceof Refused refused) {
          send(exchange, refused.answer());
        }
      } finally {
        exchange.close();
      }
    };
  }

  /** Returns what to mount for the management API, at a path that does not end in a slash. */
  HttpHandler api(ApiHandler api) {
    return page((exchange, accepted) ->
        send(exchange, api.handle(new ExchangeRequest(exchange, accepted))));
  }

  private static void send(HttpExchange exchange, ApiResponse answer) throws IOException {
    byte[] body = answer.body();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
