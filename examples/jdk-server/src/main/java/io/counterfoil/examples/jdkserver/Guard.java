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
import java.util.OptionalLong;

/** Creates handlers that need a token. */
record Guard(BearerAuthenticator bearer) {
  /** Lengths with a special meaning for {@link HttpExchange#sendResponseHeaders}. */
  private static final long CHUNKED = 0;

  private static final long NO_BODY = -1;

  /** A page for tokens. It receives the verdict as a parameter, because all requests of this server share the same attributes. */
  interface Page {
    void show(HttpExchange exchange, Verdict.Accepted accepted) throws IOException;
  }

  /** Returns a handler that shows the page if the request has an accepted token. */
  HttpHandler page(Page page) {
    return exchange -> {
      Outcome outcome = bearer.check(ExchangeRequest.unchecked(exchange));
      if (outcome instanceof Granted granted) {
        page.show(exchange, granted.accepted());
      } else if (outcome instanceof Refused refused) {
        send(exchange, refused.answer());
      }
      // Not in a finally clause: after an exception, the server breaks the connection. Closing the
      // exchange would end an incomplete body as if it were complete.
      exchange.close();
    };
  }

  /** Returns a handler for the management API. Its context path must not end in a slash. */
  HttpHandler api(ApiHandler api) {
    return page((exchange, accepted) ->
        send(exchange, api.handle(ExchangeRequest.accepted(exchange, accepted))));
  }

  private static void send(HttpExchange exchange, ApiResponse answer) throws IOException {
    long length = answer.contentLength().orElse(CHUNKED);
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD")
        && !answer.contentLength().equals(OptionalLong.of(0));
    answer.headers().forEach(exchange.getResponseHeaders()::put);
    exchange.sendResponseHeaders(answer.status(), hasBody ? length : NO_BODY);
    if (hasBody) {
      answer.body().transferTo(exchange.getResponseBody());
    }
  }
}
