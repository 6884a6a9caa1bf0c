package io.counterfoil.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page without a guard, which passes the request on as the query asks it to: {@code how=forward&to=/api/page}. */
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
      case "async" -> async(request, response).dispatch(target);
      case "error" -> response.sendError(TEAPOT);
      default -> response.getWriter().write("open content for " + ProtectedPage.user(request));
    }
  }

  /** Once: what is dispatched to may start it again. */
  private static AsyncContext async(HttpServletRequest request, HttpServletResponse response) {
    return request.startAsync(request, response);
  }
}
