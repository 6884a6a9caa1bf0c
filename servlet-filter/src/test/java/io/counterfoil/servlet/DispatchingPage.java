package io.counterfoil.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An unprotected page that dispatches the request as its query says: {@code how=forward&to=/api/page}. */
final class DispatchingPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int TEAPOT = 418;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String target = request.getParameter("to");
    switch (request.getParameter("how")) {
      case "forward" -> request.getRequestDispatcher(target).forward(request, response);
      case "include" -> {
        response.getWriter().write("open content, ");
        request.getRequestDispatcher(target).include(request, response);
      }
      case "stream-include" -> {
        response.getOutputStream().print("open content, ");
        request.getRequestDispatcher(target).include(request, response);
      }
      case "async" -> request.startAsync(request, response).dispatch(target);
      case "error" -> response.sendError(TEAPOT);
      default -> response.getWriter().write("open content for " + ProtectedPage.user(request));
    }
  }
}
