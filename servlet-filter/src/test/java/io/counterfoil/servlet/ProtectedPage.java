package io.counterfoil.servlet;

import io.counterfoil.Verdict;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A page behind the filter. It prints the identity of the user and counts its requests. */
final class ProtectedPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  static final String MARK = "guarded content";

  private final AtomicInteger runs = new AtomicInteger();

  int runs() {
    return runs.get();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    runs.incrementAndGet();
    response.getWriter().write(MARK + " for " + user(request));
  }

  static String user(HttpServletRequest request) {
    Object proof = request.getAttribute(BearerFilter.ACCEPTED);
    String principal = request.getUserPrincipal() == null
        ? "nobody"
        : request.getUserPrincipal().getName();
    return principal
        + ' '
        + request.getRemoteUser()
        + ' '
        + request.getAuthType()
        + " deploy=" + request.isUserInRole("deploy")
        + " proof="
        + (proof instanceof Verdict.Accepted accepted ? accepted.token().id() : "none")
        + " session=" + (request.getSession(false) != null);
  }
}
