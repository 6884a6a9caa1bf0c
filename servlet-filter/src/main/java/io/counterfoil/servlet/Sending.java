package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.http.ApiResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns an answer into a servlet response. */
final class Sending {
  private Sending() {}

  /**
   * Sends the answer, unless another is on its way already: then nothing more is said. To a page that includes this one only
   * the body is given: what it has said is not for us to take back, and the head of the answer is its own.
   */
  static void send(ApiResponse answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = answer.body();
    if (request.getDispatcherType() != DispatcherType.INCLUDE) {
      head(answer, body.length, response);
    }
    if (!request.getMethod().equals("HEAD")) {
      write(body, response);
    }
  }

  private static void head(ApiResponse answer, int length, HttpServletResponse response) {
    response.resetBuffer();
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(length);
  }

  private static void write(byte[] body, HttpServletResponse response) throws IOException {
    try {
      response.getOutputStream().write(body);
    } catch (IllegalStateException e) { // a page that includes this one has taken the writer
      response.getWriter().write(new String(body, UTF_8));
    }
  }
}
