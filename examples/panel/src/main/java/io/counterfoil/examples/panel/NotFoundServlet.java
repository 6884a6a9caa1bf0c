package io.counterfoil.examples.panel;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers where nothing else does. Below {@code /panel/api/} the filter stands before it: strangers get 401, not 404. */
final class NotFoundServlet extends PanelServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    send(response, 404, Answers.failure("there is nothing here"));
  }
}
