package io.counterfoil.examples.login;

import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Tells the pages of this host who is logged in and what to send with changes; and ends the session. Bots have none. */
final class SessionServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isBot = request.getAttribute(BearerFilter.ACCEPTED) != null;
    Optional<Login> login = isBot ? Optional.empty() : Login.of(request);
    if (login.isEmpty()) {
      Answers.failure(response, 404, "there is nothing here");
    } else if (LoginCheck.isReading(request)) {
      Answers.send(response, 200, json(login.get()));
    } else if (request.getMethod().equals("DELETE")) {
      Login.end(request);
      Answers.send(response, 200, "{\"success\":true}");
    } else {
      Answers.wrongMethod(response, "GET, HEAD, DELETE");
    }
  }

  private static String json(Login login) {
    return "{\"success\":true,\"obj\":{\"user\":\"%s\",\"csrfToken\":\"%s\"}}"
        .formatted(login.user(), login.csrfToken());
  }
}
