package io.counterfoil.examples.login;

import io.counterfoil.TokenManager;
import io.counterfoil.http.Caller;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.ApiServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** The management API: users manage their own tokens, and so do those of their bots that were made for it. */
final class TokensServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Not {@link ManagementPolicy#tokensWith}: it takes in the tokens without scopes, which most users will make. */
  private static final ManagementPolicy BOTS = request ->
      request.accepted().filter(bot -> bot.token().scopes().contains("tokens")).map(Caller::token);

  private final transient TokenManager tokens;

  TokensServlet(TokenManager tokens) {
    this.tokens = tokens;
  }

  /** Makes the API for the one request, since a policy does not see its session. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Optional<Caller> user = LoginCheck.user(request).map(Caller::unrestricted);
    ManagementPolicy policy = asked -> user.isPresent() ? user : BOTS.caller(asked);
    new ApiServlet(TokenApi.of(tokens, policy)).service(request, response);
  }
}
