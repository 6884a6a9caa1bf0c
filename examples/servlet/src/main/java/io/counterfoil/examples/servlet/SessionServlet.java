package io.counterfoil.examples.servlet;

import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Returns the user and the CSRF token of a session, or ends the session ({@code DELETE}). A bot has no session and receives 404.
 */
final class SessionServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isBot = request.getAttribute(BearerFilter.ACCEPTED) != null;
    Optional<Login> login = isBot ? Optional.empty() : Login.of(request);
    if (login.isEmpty()) {
      Responses.failure(response, 404, "there is nothing here");
    } else if (LoginCheck.isSafe(request)) {
      Responses.send(response, 200, json(login.get()));
    } else if (request.getMethod().equals("DELETE")) {
      Login.end(request);
      Responses.send(response, 200, "{\"success\":true}");
    } else {
      Responses.wrongMethod(response, "GET, HEAD, DELETE");
    }
  }

  private static String json(Login login) {
    return "{\"success\":true,\"obj\":{\"user\":\"%s\",\"csrfToken\":\"%s\"}}"
        .formatted(login.user(), login.csrfToken());
  }
}
