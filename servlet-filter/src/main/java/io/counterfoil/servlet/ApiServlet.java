package io.counterfoil.servlet;

import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.ApiResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Mounts a handler of the management API at a servlet mapping, such as {@code /api/tokens/*}.
 *
 * <p>The handler gets every method, and as its path what the container says follows the mapping. The proof that its policy
 * may go by is what a {@link BearerFilter} before it has left; of a request without one, {@code getRemoteUser()} is the user. Safe for use by many threads.
 */
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient ApiHandler handler;

  /** Makes a servlet that answers as the handler does. */
  public ApiServlet(ApiHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /**
   * Sends an answer of the library, for a host that has one to give in a place of its own. Does nothing where another answer is on
   * its way already; what headers a page has set before, it leaves.
   *
   * @throws IOException if the client does not take it
   */
  public static void send(
      ApiResponse answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseWriter.send(answer, request, response);
  }

  /** Instead of the methods by method, so that none, {@code TRACE} and unknown ones included, is answered by anyone else. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseWriter.send(handler.handle(ServletApiRequest.belowServlet(request)), request, response);
  }
}
