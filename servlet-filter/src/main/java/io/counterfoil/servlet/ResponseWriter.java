package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.http.ApiResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a response of the library to a servlet response. */
final class ResponseWriter {
  private ResponseWriter() {}

  /**
   * Sends a response, unless another one is already committed. If another page includes the requested one, only the
   * body is written: status and headers belong to the including page.
   */
  static void send(ApiResponse source, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = source.body();
    boolean ownsResponse = request.getDispatcherType() != DispatcherType.INCLUDE;
    if (ownsResponse) {
      response.resetBuffer();
      response.setStatus(source.status());
      source.headers().forEach(response::setHeader);
    }
    if (!request.getMethod().equals("HEAD")) {
      write(body, ownsResponse, response);
    } else if (ownsResponse) {
      response.setContentLength(body.length);
    }
  }

  private static void write(byte[] body, boolean ownsResponse, HttpServletResponse response)
      throws IOException {
    try {
      ServletOutputStream stream = response.getOutputStream();
      if (ownsResponse) {
        response.setContentLength(body.length);
      }
      stream.write(body);
    } catch (IllegalStateException e) {
      // The page uses the writer. The length in bytes is unknown, because the charset may differ.
      response.getWriter().write(new String(body, UTF_8));
    }
  }
}
