package io.counterfoil.examples.login;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What bots and users come for. */
final class HelloServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    String who = LoginCheck.user(request)
        .map(user -> "user " + user)
        .orElseGet(() -> "bot " + request.getRemoteUser());
    response.getWriter().print("Hello " + who + '\n');
  }
}
