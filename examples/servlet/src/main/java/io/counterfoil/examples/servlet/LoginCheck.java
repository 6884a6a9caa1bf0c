package io.counterfoil.examples.servlet;

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

/** Checks the login of a request that the {@link BearerFilter} has passed on because it has no bearer token. */
final class LoginCheck extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  private final transient Users users;
  private final transient BearerAuthenticator bearer;

  /** @param bearer the authenticator that creates the response to a request without a login */
  LoginCheck(Users users, BearerAuthenticator bearer) {
    this.users = users;
    this.bearer = bearer;
  }

  static boolean isSafe(HttpServletRequest request) {
    return SAFE_METHODS.contains(request.getMethod());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      chain.doFilter(request, response); // a page of another site has no token to send
      return;
    }
    Optional<Login> login = Login.of(request).filter(known -> users.isActive(known.user()));
    if (login.isEmpty()) {
      ApiServlet.send(bearer.unauthenticated(), request, response);
    } else if (isSafe(request) || login.get().hasCsrfTokenIn(request)) {
      chain.doFilter(new UserRequest(request, login.get().user()), response);
    } else {
      Responses.failure(response, 403, "a change needs the X-CSRF-Token of this session");
    }
  }

  /** A request whose remote user is the user of the login. */
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
