package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.http.ApiResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;

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
    boolean ownsResponse = request.getDispatcherType() != DispatcherType.INCLUDE;
    if (ownsResponse) {
      response.resetBuffer();
      response.setStatus(source.status());
      source.headers().forEach((name, values) -> setHeader(response, name, values));
    }
    if (request.getMethod().equals("HEAD")) {
      if (ownsResponse && source.contentLength().isPresent()) {
        response.setContentLengthLong(source.contentLength().getAsLong());
      } else if (ownsResponse) {
        response.flushBuffer(); // otherwise a container could take the length of the body for 0
      }
      return;
    }
    try {
      write(source, ownsResponse, response);
    } catch (IOException e) {
      UndertowConnection.breakOff(request);
      throw e; // Tomcat and Jetty break the connection, because the response is committed
    }
  }

  /** Replaces a header that was set before, and keeps all others, such as those of a CORS filter. */
  private static void setHeader(HttpServletResponse response, String name, List<String> values) {
    response.setHeader(name, values.get(0));
    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
  }

  private static void write(ApiResponse source, boolean ownsResponse, HttpServletResponse response)
      throws IOException {
    ServletOutputStream stream;
    try {
      stream = response.getOutputStream();
    } catch (IllegalStateException e) {
      // The page uses the writer. The length in bytes is unknown, because the charset may differ.
      new InputStreamReader(source.body(), UTF_8).transferTo(response.getWriter());
      return;
    }
    if (ownsResponse && source.contentLength().isPresent()) {
      response.setContentLengthLong(source.contentLength().getAsLong());
    } else if (ownsResponse) {
      // Now, so that containers break the connection, however early the body fails.
      response.flushBuffer();
    }
    source.body().transferTo(stream);
  }
}
