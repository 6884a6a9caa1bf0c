package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers every request with the same JSON. */
final class PageServlet extends HttpServlet {
  static final String PATH = "/api/things";

  private static final long serialVersionUID = 1;
  private static final byte[] BODY = "{\"things\":[]}".getBytes(US_ASCII);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }
}
