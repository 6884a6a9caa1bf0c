package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.http.ApiResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns an answer into a servlet response. */
final class ResponseWriter {
  private ResponseWriter() {}

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
    boolean isWhole = request.getDispatcherType() != DispatcherType.INCLUDE;
    if (isWhole) {
      response.resetBuffer();
      response.setStatus(answer.status());
      answer.headers().forEach(response::setHeader);
    }
    if (!request.getMethod().equals("HEAD")) {
      write(body, isWhole, response);
    } else if (isWhole) {
      response.setContentLength(body.length);
    }
  }

  private static void write(byte[] body, boolean isWhole, HttpServletResponse response)
      throws IOException {
    try {
      ServletOutputStream stream = response.getOutputStream();
      if (isWhole) {
        response.setContentLength(body.length);
      }
      stream.write(body);
    } catch (
        IllegalStateException
            e) { // another has taken the writer, whose charset may make other bytes
      response.getWriter().write(new String(body, UTF_8));
    }
  }
}
