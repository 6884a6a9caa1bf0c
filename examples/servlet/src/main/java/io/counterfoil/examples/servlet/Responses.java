package io.counterfoil.examples.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The responses of the application itself, in the envelope of the token API. Their text needs no JSON escapes. */
final class Responses {
  private Responses() {}

  static void wrongMethod(HttpServletResponse response, String allowed) throws IOException {
    response.setHeader("Allow", allowed);
    failure(response, 405, "the method must be one of: " + allowed);
  }

  static void failure(HttpServletResponse response, int status, String message) throws IOException {
    send(response, status, "{\"success\":false,\"msg\":\"" + message + "\"}");
  }

  static void send(HttpServletResponse response, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
