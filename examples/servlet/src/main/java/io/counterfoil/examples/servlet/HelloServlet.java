package io.counterfoil.examples.servlet;

import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page for users and bots. The remote user of a bot is the owner of its token. */
final class HelloServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    boolean isBot = request.getAttribute(BearerFilter.ACCEPTED) != null;
    response
        .getWriter()
        .print("Hello " + (isBot ? "bot of " : "user ") + request.getRemoteUser() + '\n');
  }
}
