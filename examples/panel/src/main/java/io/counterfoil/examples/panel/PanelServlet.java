package io.counterfoil.examples.panel;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet whose responses must not be cached and whose content type browsers must not guess. */
abstract class PanelServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Answers 405 with an {@code Allow} field (RFC 9110 section 15.5.6) unless the method is GET or HEAD. */
  static boolean isReadMethod(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
      return true;
    }
    response.setHeader("Allow", "GET, HEAD");
    send(response, 405, JsonResponses.failure("the method must be one of: GET, HEAD"));
    return false;
  }

  /** Sends a JSON response. */
  static void send(HttpServletResponse response, int status, byte[] json) throws IOException {
    send(response, status, "application/json", json);
  }

  static void send(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
