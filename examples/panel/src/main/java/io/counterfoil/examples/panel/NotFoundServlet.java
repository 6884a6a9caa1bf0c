package io.counterfoil.examples.panel;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers 404. Below {@code /panel/api/} the bearer filter runs first: a request without a valid token gets 401. */
final class NotFoundServlet extends PanelServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    send(response, 404, JsonResponses.failure("there is nothing here"));
  }
}
