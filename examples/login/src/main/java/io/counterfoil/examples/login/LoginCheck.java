package io.counterfoil.examples.login;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The host's own check, to which a {@link BearerFilter} passes on who has come without a token. */
final class LoginCheck extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final transient Users users;
  private final transient BearerAuthenticator bearer;

  /** @param bearer has passed on who comes here, and says what to answer who has not logged in either */
  LoginCheck(Users users, BearerAuthenticator bearer) {
    this.users = users;
    this.bearer = bearer;
  }

  static boolean isReading(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      chain.doFilter(request, response); // no page of another site has a token to send
      return;
    }
    Optional<Login> login = Login.of(request).filter(known -> users.isActive(known.user()));
    if (login.isEmpty()) {
      ApiServlet.send(bearer.unauthenticated(), request, response);
    } else if (isReading(request) || login.get().isProvedBy(request)) {
      chain.doFilter(new UserRequest(request, login.get().user()), response);
    } else {
      Answers.failure(response, 403, "a change needs the X-CSRF-Token of this session");
    }
  }

  /** A request whose user has logged in. */
  private static final class UserRequest extends HttpServletRequestWrapper {
    private final String user;

    UserRequest(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public String getRemoteUser() {
      return user;
    }
  }
}
