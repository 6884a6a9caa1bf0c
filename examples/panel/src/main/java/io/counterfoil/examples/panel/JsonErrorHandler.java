package io.counterfoil.examples.panel;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty itself rejects, such as one with an ambiguous path, in JSON and without naming Jetty. */
final class JsonErrorHandler implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
    }
    response.write(true, ByteBuffer.wrap(JsonResponses.failure(message(status))), callback);
    return true;
  }

  private static String message(int status) {
    return switch (status) {
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "the server failed";
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the server is stopping, try again";
      default -> "the server does not accept such a request";
    };
  }
}
