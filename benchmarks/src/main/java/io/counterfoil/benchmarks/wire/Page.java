package io.counterfoil.benchmarks.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says the same few words to everybody. */
final class Page extends HttpServlet {
  static final String PATH = "/api/things";

  private static final long serialVersionUID = 1;
  private static final byte[] WORDS = "{\"things\":[]}".getBytes(US_ASCII);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setContentLength(WORDS.length);
    response.getOutputStream().write(WORDS);
  }
}
