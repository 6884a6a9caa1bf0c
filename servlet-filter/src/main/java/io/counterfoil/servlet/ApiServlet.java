package io.counterfoil.servlet;

import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.ApiResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * A servlet that mounts a handler of the management API at a servlet mapping, such as {@code /api/tokens/*}.
 *
 * <p>The handler gets requests of every method. The path of a request is the container's path info. If a {@link
 * BearerFilter} before the servlet has accepted a token, the handler gets that proof; otherwise the user is {@code
 * getRemoteUser()}, unless that is empty. The client's address is the one that the filter has found.
 *
 * <p>Map a filter in front of it, even if only logged-in users manage tokens: then one with {@link
 * io.counterfoil.http.BearerAuthenticator.Builder#passWithoutBearer}. Without a filter, the {@code Authorization} header
 * is ignored, even if its token is invalid. Safe for use by many threads.
 */
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient ApiHandler handler;

  /** Creates a servlet for this handler. */
  public ApiServlet(ApiHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /**
   * Sends a response of this library from the host's own code. Does nothing if the servlet response is already
   * committed. Keeps headers that were set before, unless this response sets them too.
   *
   * @throws IOException if the response cannot be written
   */
  public static void send(
      ApiResponse answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseWriter.send(answer, request, response);
  }

  /**
   * Overrides {@code service}, because {@code HttpServlet} would otherwise answer {@code TRACE} and unknown methods
   * itself.
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseWriter.send(handler.handle(ServletApiRequest.belowServlet(request)), request, response);
  }
}
